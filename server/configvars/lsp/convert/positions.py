"""Offsets in code points as positions in the client's units, and back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from lsprotocol import types as t

from configvars.lsp.client import Encoding
from configvars.text import LineIndex, Span


class Positions:
    """One text as a client sees it: lines, and columns in units of `encoding`.

    `part`: for the client, this part of the text is a document of its own; offsets are those of the whole
    text.
    """

    def __init__(self, text: str, encoding: Encoding, part: Span | None = None) -> None:
        self.text = text
        self._encoding = encoding
        self._part = part or Span(0, len(text))

    def within(self, part: Span) -> Positions:
        """The positions for a client that has this part as a document; the part starts at a line."""
        return Positions(self.text, self._encoding, part)

    def holds(self, span: Span) -> bool:
        """Whether the start of a span is in the client's document."""
        return self._part.start <= span.start <= self._part.end

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self.text)

    @cached_property
    def _above(self) -> int:
        """The number of lines before the client's document."""
        return self._lines.position(self._part.start).line

    def position(self, offset: int) -> t.Position:
        """The LSP position (0-based line, column in the client's units) of an offset in code points."""
        line, column = self._lines.position(offset)
        start = self._lines.line_span(line).start
        return t.Position(line - self._above, _units(self.text[start : start + column], self._encoding))

    def range(self, span: Span) -> t.Range:
        """The LSP range of a span in code points."""
        return t.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: t.Position) -> int:
        """The offset of a position in code points; a column after the end of its line means that end.

        A position inside a character means the end of the character.
        """
        number = position.line + self._above
        if number >= self._lines.line_count:
            return self._part.end
        line = self._lines.line_span(number).of(self.text)
        offset = self._lines.offset(number, _column(line, position.character, self._encoding))
        return min(offset, self._part.end)

    def span(self, range_: t.Range) -> Span:
        """The span in code points of an LSP range."""
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
    """The number of code points in the first `units` units of a line."""
    if encoding == "utf-32" or line.isascii():
        return units
    covered = 0
    for column, character in enumerate(line):
        if covered >= units:
            return column
        covered += _units(character, encoding)
    return len(line)
