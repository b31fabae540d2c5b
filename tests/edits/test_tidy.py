"""Formatting: only blanks that nobody sees go."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given

from configvars.edits import apply_edits, tidy
from configvars.syntax.dotenv import parse_env
from configvars.syntax.other_readers import heroku_local_values
from support.properties import env_texts, thorough

_VSCODE_LINE = re.compile(r"^\s*(_*[a-zA-Z]\w*)\s*=\s*(.*?)?\s*$", re.ASCII)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "A=1\n",
        "A=1 # c\n\n# d\nB=2\n",
        "A=x   # c\n",
        "A='  x  '\n",
        "A='x  \n\n\n  y'\n",
        "export   A=1\n",
        "A= # c\n",
        "A=1\xa0\n",
        "  A B = 1  \n",
    ],
)
def test_nothing_to_do(text):
    assert tidy(text) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  A = 1  \n", "A=1\n"),
        ("\texport A =\t'x ' \n", "export A='x '\n"),
        ("'A' = 1\n", "'A'=1\n"),
        ("A =   \n", "A=\n"),
        ("A = # c\n", "A= # c\n"),
        ("A  \n  # c  \n", "A\n# c\n"),
        ("A=1", "A=1\n"),
        ("A=1\r\nB=2  ", "A=1\r\nB=2\r\n"),
        ("\n\nA=1\n \n\n\t\nB=2\n\n  ", "A=1\n\nB=2\n"),
        ("A=1\r\n\r\n\r\nB=2\r\n", "A=1\r\n\r\nB=2\r\n"),
        ("\ufeff\n A=1\n", "\ufeffA=1\n"),
    ],
)
def test_what_goes(before, after):
    assert apply_edits(before, tidy(before)) == after


@thorough
@given(env_texts)
@example("A=\xa0\n")
def test_every_reader_reads_what_it_read_before(text):
    after = apply_edits(text, tidy(text))
    assert [(b.key, b.value, b.error) for b in parse_env(after) if b.key or b.error] == [
        (b.key, b.value, b.error) for b in parse_env(text) if b.key or b.error
    ]
    assert heroku_local_values(after) == heroku_local_values(text)
    assert vscode_lines(after) == vscode_lines(text)
    assert tidy(after) == ()


def vscode_lines(text):
    return [found.groups() for line in text.split("\n") if (found := _VSCODE_LINE.match(line))]
