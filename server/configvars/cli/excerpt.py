"""The line a finding stands in, for people: with carets, and without any value."""

from __future__ import annotations

from dataclasses import dataclass

from configvars.cli.masking import MASK, Piece, masked
from configvars.cli.terminal import width
from configvars.model import Definition, FileFacts, Finding
from configvars.printable import printable
from configvars.syntax.python import PythonTree
from configvars.text import LineIndex, Span

_MAX_WIDTH = 110
_AROUND = 500  # code points of a long line that are looked at, before what is marked and behind


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A printable line, and the cells `[start, end)` of it that the carets stand under."""

    line: str
    start: int
    end: int


def excerpt(
    finding: Finding, facts: FileFacts, text: str, lines: LineIndex, tree: PythonTree | None
) -> Excerpt | None:
    """The first line of a finding; None where nothing of it may be shown. `tree` is that of a Python file.

    Of an env file, a manifest and the like only a name is shown, and only one that the parser found: what
    looks like a name can be the middle of a key that goes over many lines.
    """
    line = lines.line_span(lines.position(finding.span.start).line)
    if facts.kind != "python" or tree is None:
        return _name_alone(finding, facts, text, line)
    near = Span(max(line.start, finding.span.start - _AROUND), min(line.end, finding.span.start + _AROUND))
    pieces = masked(facts, tree, near)
    if not any(character.isalnum() for piece in pieces for character in piece.shown):
        return None
    return _cut(*_marked(finding.span, pieces))


def _marked(span: Span, pieces: list[Piece]) -> tuple[str, int, int]:
    """The printable line, and the cells of the pieces that a span touches."""
    shown, start, end = "", 0, 0
    for piece in pieces:
        before = width(shown)
        shown += printable(piece.shown)
        if piece.span.start < span.end and span.start < piece.span.end:
            start, end = (start if end else before), width(shown)
    return shown, start, end


def _name_alone(finding: Finding, facts: FileFacts, text: str, line: Span) -> Excerpt | None:
    for definition in _defined_in(facts, line):
        if definition.variable == finding.variable or definition.span.overlaps(finding.span):
            name = printable(definition.span.of(text))
            return Excerpt(f"{name}={MASK}", 0, width(name))
    return None


def _defined_in(facts: FileFacts, line: Span) -> list[Definition]:
    return [found for found in facts.definitions if line.start <= found.span.start <= line.end]


def _cut(line: str, start: int, end: int) -> Excerpt:
    """A window of a long line, so that what is marked can be seen."""
    if len(line) <= _MAX_WIDTH:
        return Excerpt(line.rstrip(), start, end)
    first = max(0, min(start, len(line)) - _MAX_WIDTH // 3)
    shown = ("…" if first else "") + line[first : first + _MAX_WIDTH] + "…"
    moved = first - (1 if first else 0)
    return Excerpt(shown, start - moved, min(end - moved, len(shown)))
