"""The line of a finding for people: with carets below it, and without values."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice

from msgspec import Struct

from configvars.cli.masking import MASK, Masking, Piece
from configvars.cli.terminal import width
from configvars.model import Definition, FileFacts, Finding
from configvars.printable import printable
from configvars.syntax.python import PythonTree
from configvars.text import WHOLE_FILE, LineIndex, Span

_MAX_WIDTH = 110
_AROUND = 500  # code points of a long line that are used before and after the marked part


class Excerpt(Struct, frozen=True):
    """A printable line, and the terminal cells `[start, end)` that the carets mark."""

    line: str
    start: int
    end: int


class Excerpts:
    """The excerpts of one file. `tree` is its syntax tree, if it is a Python file."""

    def __init__(self, facts: FileFacts, text: str, lines: LineIndex, tree: PythonTree | None) -> None:
        self._text = text
        self._lines = lines
        self._masking = Masking(facts, tree) if facts.kind == "python" and tree is not None else None
        self._definitions = sorted(facts.definitions, key=_start)

    def of(self, finding: Finding) -> Excerpt | None:
        """The first line of a finding; None if it is about the whole file, or if nothing of it may be shown.

        Of an env file or a manifest, only a name is shown, and only one that the parser found: text that
        looks like a name may be the middle of a multi-line key.
        """
        if finding.span == WHOLE_FILE:
            return None
        start = finding.span.start
        line = self._lines.line_span(self._lines.position(start).line)
        if self._masking is None:
            return self._name_alone(finding, line)
        pieces = self._masking.of(Span(max(line.start, start - _AROUND), min(line.end, start + _AROUND)))
        if not any(character.isalnum() for piece in pieces for character in piece.shown):
            return None
        return _cut(*_marked(finding.span, pieces))

    def _name_alone(self, finding: Finding, line: Span) -> Excerpt | None:
        first = bisect_left(self._definitions, line.start, key=_start)
        for definition in islice(self._definitions, first, None):
            if definition.span.start > line.end:
                break
            if definition.variable == finding.variable or definition.span.overlaps(finding.span):
                name = printable(definition.span.of(self._text))
                after = Span(definition.span.end, max(line.end, definition.span.end)).of(self._text)
                return Excerpt(name + _without_value(after), 0, width(name))
        return None


def _without_value(after: str) -> str:
    """What follows a name, without its value: nothing after a name without `=`, or in JSON."""
    sign, equals, value = after.partition("=")
    if sign.strip() or not equals:
        return ""
    return f"={MASK}" if value.strip() else "="


def _start(definition: Definition) -> int:
    return definition.span.start


def _marked(span: Span, pieces: list[Piece]) -> tuple[str, int, int]:
    """The printable line, and the cells of the pieces that a span touches."""
    shown, start, end = "", 0, 0
    for piece in pieces:
        before = width(shown)
        shown += printable(piece.shown)
        if piece.span.start < span.end and span.start < piece.span.end:
            start, end = (start if end else before), width(shown)
    return shown, start, end


def _cut(line: str, start: int, end: int) -> Excerpt:
    """The part of a long line around the marked cells."""
    if len(line) <= _MAX_WIDTH:
        return Excerpt(line.rstrip(), start, end)
    first = max(0, min(start, len(line)) - _MAX_WIDTH // 3)
    shown = ("…" if first else "") + line[first : first + _MAX_WIDTH] + "…"
    moved = first - (1 if first else 0)
    return Excerpt(shown, start - moved, min(end - moved, len(shown)))
