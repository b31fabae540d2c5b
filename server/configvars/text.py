"""Positions in a text, and its lines.

Everything inside `configvars` uses a `Span` in code points. Parsers that count bytes and editors that count
UTF-8 or UTF-16 units are converted at the boundary, once.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, count, islice
from operator import add
from typing import NamedTuple

from msgspec import Struct

from configvars.patterns import lazy_pattern

# The line endings of the Language Server Protocol, and no others: str.splitlines() also splits at
# form feeds, U+2028 and six more, which moves every later column.
_LINE_END = lazy_pattern(r"\r\n|\n|\r")


class Span(Struct, frozen=True, order=True):
    """A half-open range `[start, end)` of a text, in code points."""

    start: int
    end: int

    def touches(self, offset: int) -> bool:
        """Whether a cursor at `offset` is in the span or at one of its edges."""
        return self.start <= offset <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point, or touch if one of them is empty."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The part of `text` that the span covers."""
        return text[self.start : self.end]


WHOLE_FILE = Span(0, 0)
"""The place of a finding about a file as a whole."""


def first_line(text: str) -> Span:
    """The span of the first line of a text without its ending."""
    end = _LINE_END.search(text)
    return Span(0, end.start() if end else len(text))


class Place(Struct, frozen=True, order=True):
    """A span of one file."""

    path: str
    span: Span


class Mark(NamedTuple):
    """A place in a Python file that stays equal while text elsewhere in the file changes.

    `anchor` names a statement of the file `path` (see `syntax.python_anchors`); `start` and `end` count code
    points from the start of that statement. An empty anchor means the file itself. A tuple, because marks are
    looked up more often than anything else.
    """

    path: str
    anchor: str = ""
    start: int = 0
    end: int = 0

    def encloses(self, other: Mark) -> bool:
        """Whether the statement of this mark contains that of another one, or is the same."""
        if self.path != other.path:
            return False
        return other.anchor == self.anchor or other.anchor.startswith(f"{self.anchor}/")


class Position(NamedTuple):
    """A line and a column, both 0-based; the column in code points."""

    line: int
    column: int


class LineIndex:
    r"""The lines of one text: offsets to positions and back.

    Lines end at ``\n``, ``\r\n`` and ``\r``, and nowhere else.
    """

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = array("L", _starts(text))

    @property
    def line_count(self) -> int:
        """The number of lines; a text that ends with a line ending has an empty last line."""
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """The position of an offset in code points; an offset outside the text is moved to the nearer end."""
        offset = min(max(offset, 0), len(self._text))
        line = bisect_right(self._starts, offset) - 1
        return Position(line, offset - self._starts[line])

    def offset(self, line: int, column: int) -> int:
        """The offset of a position in code points; a column after the end of its line means that end."""
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self._text)
        return min(self._starts[line] + max(column, 0), self._stop(line))

    def line_span(self, line: int) -> Span:
        """The span of a line without its ending. `line` is 0-based and must exist."""
        return Span(self._starts[line], self._stop(line))

    def full_line_span(self, line: int) -> Span:
        """The span of a line with its ending, if it has one. `line` is 0-based and must exist."""
        return Span(self._starts[line], self._next(line))

    def _next(self, line: int) -> int:
        return self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)

    def _stop(self, line: int) -> int:
        """The end of a line without its ending."""
        if line + 1 == len(self._starts):
            return len(self._text)
        end = self._starts[line + 1]
        return end - 2 if self._text.startswith("\r\n", end - 2) else end - 1


def _starts(text: str) -> Iterator[int]:
    """The offsets at which lines start."""
    yield 0
    if "\r" in text:
        yield from (ending.end() for ending in _LINE_END.finditer(text))
    else:  # eight times as fast
        ends = accumulate(map(len, text.split("\n")))
        yield from map(add, islice(ends, text.count("\n")), count(1))


def line_at(text: str, offset: int) -> int:
    """The 0-based line of an offset, faster than with a `LineIndex` if only this one is needed."""
    endings = text.count("\n", 0, offset) + text.count("\r", 0, offset)
    return endings - text.count("\r\n", 0, offset + 1)


def common_ends(one: str, other: str) -> tuple[int, int]:
    """The number of code points that two texts share at the start, and that the rest shares at the end."""
    start = _common_start(one, other)
    return start, _common_start(one[start:][::-1], other[start:][::-1])


def _common_start(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
