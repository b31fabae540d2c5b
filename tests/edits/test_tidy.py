"""Formatting removes only blanks that no reader of env files notices."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from configvars.edits import apply_edits, tidy
from configvars.syntax.dotenv import parse_env
from support.env_dialects import read_by_all
from support.properties import env_lines, env_texts, thorough


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "A=1\n",
        "A = 1\n",
        "A =\n",
        "  A=1\n",
        "A=1  \n",
        "A='1'\t\n",
        "A=1 # c\n\n# d\nB=2\n",
        "A=x   # c  \n",
        "A='  x  '\n",
        "A='x  \n\n\n  y'\n",
        "export   A=1\n",
        "A= # c\n",
        "A=1\xa0\n",
        "  A B = 1  \n",
        "# c  \x0cA=1  \n",
        "# c  \u2028\n",
        "# c  \rA=1\n",
        "\x1f # c = \nA=1\n",
        "\ufeff\nA=1\n",
        "\ufeff\n # a=b\nA=1\n",
    ],
)
def test_nothing_to_tidy(text):
    assert tidy(text) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A = 1\n  # c\t \n\t#d\nB=2\n", "A = 1\n# c\n#d\nB=2\n"),
        ("  #  c = 1  \r\nA=1\r\n", "#  c = 1\r\nA=1\r\n"),
        ("A=1", "A=1\n"),
        ("A=1\r\nB=2", "A=1\r\nB=2\r\n"),
        ("# c  ", "# c\n"),
        ("\n\nA=1\n \n\n\t\nB=2\n\n  ", "A=1\n\nB=2\n"),
        ("A=1\r\n\r\n\r\nB=2\r\n", "A=1\r\n\r\nB=2\r\n"),
        ("A=1\n\n\n=x\n\n\nB=2\n", "A=1\n\n=x\n\nB=2\n"),
    ],
)
def test_blanks_that_are_removed(before, after):
    assert apply_edits(before, tidy(before)) == after
    assert tidy(after) == ()


@pytest.fixture(scope="module")
def env_file(tmp_path_factory):
    return tmp_path_factory.mktemp("tidy") / ".env"


@pytest.mark.slow
@thorough
@given(text=env_texts | env_lines)
@example(text="A =\n")
@example(text="  A= 1  \n")
@example(text="A=\xa0\n")
@example(text="\ufeff\n# a=b\n")
@example(text="A='x'  \n\n\n# c\x0cB=1  \n")
def test_every_reader_reads_the_same_as_before(env_file, text):
    after = apply_edits(text, tidy(text))
    assert read(env_file, after) == read(env_file, text)
    assert [(b.key, b.value, b.error) for b in parse_env(after) if b.key or b.error] == [
        (b.key, b.value, b.error) for b in parse_env(text) if b.key or b.error
    ]
    assert tidy(after) == ()


def read(path, text):
    path.write_bytes(text.encode())
    return read_by_all(path)
