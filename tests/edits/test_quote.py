from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from configvars.edits import apply_edits
from configvars.edits.quote import quote
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
def test_what_is_read_stays(value):
    text = f"A={value}\nB=1\n"
    edit = quote(text, 0)
    assume(edit is not None)
    after = apply_edits(text, [edit])
    assert resolve(parse_env(after), {}, override=True) == resolve(parse_env(text), {}, override=True)
