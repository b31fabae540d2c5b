"""Terminal output: colours, tables, and the width of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TextIO

from msgspec import Struct

from configvars.model import Severity
from configvars.printable import printable

_SEVERITY_CODES = {
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;33",
    Severity.INFORMATION: "1;36",
    Severity.HINT: "1;34",
}


class Style(Struct, frozen=True):
    """Text styles, which do nothing if colours are off."""

    colour: bool

    def bold(self, text: str) -> str:
        """The text in bold, or unchanged if colours are off."""
        return self._set("1", text)

    def dim(self, text: str) -> str:
        """The text dimmed, or unchanged if colours are off."""
        return self._set("2", text)

    def severity(self, severity: Severity, text: str) -> str:
        """Text in the colour of a severity."""
        return self._set(_SEVERITY_CODES[severity], text)

    def _set(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def style_for(stream: TextIO, environ: Mapping[str, str]) -> Style:
    """Colours only on a terminal. NO_COLOR turns them off, FORCE_COLOR on; NO_COLOR wins."""
    if environ.get("NO_COLOR"):
        return Style(colour=False)
    if environ.get("FORCE_COLOR"):
        return Style(colour=True)
    return Style(colour=stream.isatty() and environ.get("TERM") != "dumb")


def width(text: str) -> int:
    """The number of terminal cells of a printable text."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], style: Style) -> str:
    """A table with columns of minimal width, separated by two spaces; every line ends with a line feed."""
    head, *cells = [[printable(cell) for cell in row] for row in (headers, *rows)]
    widths = [max(map(width, column)) for column in zip(head, *cells, strict=True)]
    lines = [style.bold(_line(head, widths)), *(_line(row, widths) for row in cells)]
    return "".join(f"{line}\n" for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (wide - width(cell)) for cell, wide in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()
