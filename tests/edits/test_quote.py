"""Values that get quotes: the changed text, and that nothing is read differently."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from configvars.edits import apply_edits
from configvars.edits.quote import close_quote, quote
from configvars.syntax.dotenv import parse_env, resolve

NOTHING = ["", "# A=1\n", "A\n", "A=\n", 'A="x"\n', "A='x'\n", "=x\n"]
QUOTED = [
    ("A=1\n", 'A="1"\n'),
    ("A=b c  # d\nB=1", 'A="b c"  # d\nB=1'),
    ("export A = x", 'export A = "x"'),
    ("A=${B}/x\n", 'A="${B}/x"\n'),
    ('A=a"b\\c\n', 'A="a\\"b\\\\c"\n'),
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_to_quote(text):
    assert quote(text, 0) is None


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_quoted(text, expected):
    assert apply_edits(text, [quote(text, 0)]) == expected


@given(st.text(alphabet="ab \\\"'#${}:-=\t", min_size=1))
def test_the_value_that_is_read_stays(value):
    text = f"A={value}\nB=1\n"
    edit = quote(text, 0)
    assume(edit is not None)
    after = apply_edits(text, [edit])
    assert resolve(parse_env(after), {}, override=True) == resolve(parse_env(text), {}, override=True)


KEY = "-----BEGIN A-----\nabc=\nQ==\n-----END A-----"


def test_a_pem_key_without_quotes_becomes_one_value():
    text = f"A=1\nKEY={KEY}\nB=1\n"
    after = apply_edits(text, [quote(text, text.index("KEY"))])
    assert after == f'A=1\nKEY="{KEY}"\nB=1\n'
    assert [b.key for b in parse_env(after)] == ["A", "KEY", "B"]


@pytest.mark.parametrize("mark", ["'", '"'])
def test_the_quote_of_a_pem_key_is_closed_after_its_end(mark):
    text = f"A=1\nexport KEY = {mark}{KEY}\nB=1\n"
    assert (
        apply_edits(text, [close_quote(text, text.index("KEY"))])
        == f"A=1\nexport KEY = {mark}{KEY}{mark}\nB=1\n"
    )


@pytest.mark.parametrize(
    "text", [f"KEY={KEY}\n", f"KEY='{KEY}'\n", "KEY='x\n", "KEY='-----BEGIN A-----\nabc=\nB=1\n", "A=1\n"]
)
def test_no_quote_to_close(text):
    assert close_quote(text, 0) is None
