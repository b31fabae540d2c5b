"""Colours only if they are wanted, aligned columns, and escaped control characters in names."""

from __future__ import annotations

import io

import pytest

from configvars.cli.terminal import Style, style_for, table, width
from configvars.model import Severity

PLAIN = Style(colour=False)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environ", "on_terminal", "colour"),
    [
        ({}, False, False),
        ({}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"NO_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)
def test_colour(environ: dict[str, str], on_terminal: bool, colour: bool) -> None:
    stream = Terminal() if on_terminal else io.StringIO()
    assert style_for(stream, environ).colour is colour


def test_without_colour_nothing_is_added() -> None:
    assert PLAIN.bold("x") + PLAIN.dim("y") + PLAIN.severity(Severity.ERROR, "z") == "xyz"


@pytest.mark.parametrize(("text", "cells"), [("", 0), ("abc", 3), ("日本", 4), ("e\u0301", 1), ("🦄", 2)])
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


def test_table() -> None:
    rows = [("A", "one"), ("日本", "two"), ("\x1b[0m", "")]
    assert table(("NAME", "WHAT"), rows, PLAIN) == "NAME     WHAT\nA        one\n日本     two\n\\x1b[0m\n"


def test_an_empty_table_is_its_header() -> None:
    assert table(("NAME",), [], PLAIN) == "NAME\n"
