"""Folding ranges of an env file: sections, blocks of comments, multi-line values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from configvars.features.env_outline import sections
from configvars.features.results import Fold
from configvars.limits import SHOWN
from configvars.project import Project
from configvars.syntax.dotenv import Binding
from configvars.text import LineIndex, Span


def folding(project: Project, path: str) -> tuple[Fold, ...]:
    """The folding ranges of an env file, by line.

    None for other files, which have their own language servers.
    """
    facts = project.index.files.get(path)
    text = project.text_of(path)
    if facts is None or facts.kind != "dotenv" or text is None:
        return ()
    lines, bindings = LineIndex(text), project.statements(path)
    found = {*_sections(text, bindings, lines), *_values(bindings, lines), *_comments(bindings, lines)}
    return tuple(sorted(found, key=lambda fold: (fold.first, -fold.last))[: SHOWN.most])


def _sections(text: str, bindings: Iterable[Binding], lines: LineIndex) -> Iterator[Fold]:
    for section in sections(text, bindings):
        if section.heading is not None:
            yield from _fold(lines, section.span)


def _values(bindings: Iterable[Binding], lines: LineIndex) -> Iterator[Fold]:
    for binding in bindings:
        if binding.literal_span is not None:
            yield from _fold(lines, binding.literal_span)


def _comments(bindings: Iterable[Binding], lines: LineIndex) -> Iterator[Fold]:
    """Blocks of lines that contain only a comment."""
    alone = (b.comment_span for b in bindings if b.key is None and b.comment_span)
    numbers = [lines.position(span.start).line for span in alone]
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        first, *rest = (number for _, number in run)
        if rest:
            yield Fold(first, rest[-1], comment=True)


def _fold(lines: LineIndex, span: Span) -> Iterator[Fold]:
    first, last = lines.position(span.start).line, lines.position(max(span.end - 1, span.start)).line
    if last > first:
        yield Fold(first, last)
