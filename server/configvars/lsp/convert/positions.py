"""Offsets in code points as positions in the client's units, and back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from lsprotocol import types as t

from configvars.lsp.client import Encoding
from configvars.text import LineIndex, Span


class Positions:
    """One text as a client sees it: lines, and columns in units of `encoding`."""

    def __init__(self, text: str, encoding: Encoding) -> None:
        self.text = text
        self._encoding = encoding

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self.text)

    def position(self, offset: int) -> t.Position:
        """The position of a code point offset."""
        line, column = self._lines.position(offset)
        start = self._lines.line_span(line).start
        return t.Position(line, _units(self.text[start : start + column], self._encoding))

    def range(self, span: Span) -> t.Range:
        """The range of a span."""
        return t.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: t.Position) -> int:
        """The code point offset of a position; past its line's end means that end.

        A position inside a character means the end of it.
        """
        if position.line >= self._lines.line_count:
            return len(self.text)
        line = self._lines.line_span(position.line).of(self.text)
        return self._lines.offset(position.line, _column(line, position.character, self._encoding))

    def span(self, range_: t.Range) -> Span:
        """The span of a range."""
        start, end = self.offset(range_.start), self.offset(range_.end)
        return Span(min(start, end), max(start, end))

    def lines_of(self, span: Span) -> Iterator[Span]:
        """The parts of a span, line by line, without the line endings."""
        first, last = self._lines.position(span.start).line, self._lines.position(span.end).line
        for number in range(first, last + 1):
            line = self._lines.line_span(number)
            yield Span(max(line.start, span.start), max(line.start, min(line.end, span.end)))


def _units(text: str, encoding: Encoding) -> int:
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(character > "\uffff" for character in text)


def _column(line: str, units: int, encoding: Encoding) -> int:
    """How many code points of a line its first `units` cover."""
    if encoding == "utf-32" or line.isascii():
        return units
    covered = 0
    for column, character in enumerate(line):
        if covered >= units:
            return column
        covered += _units(character, encoding)
    return len(line)
