"""The line a finding stands in, for people: with carets, and without any value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from configvars.cli.terminal import printable, width
from configvars.model import Definition, FileFacts, Finding
from configvars.text import LineIndex, Span

MASK = "***"
_MAX_WIDTH = 110
_STRING = re.compile(r"""("{3}|'{3}|"|')((?:\\.|(?!\1).)*)(\1|$)""")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A printable line, and the cells `[start, end)` of it that the carets stand under."""

    line: str
    start: int
    end: int


def excerpt(finding: Finding, facts: FileFacts, text: str, lines: LineIndex) -> Excerpt | None:
    """The first line of a finding; None where nothing of it may be shown.

    Of an env file, a manifest and the like only a name is shown, and only one that the parser found: what
    looks like a name can be the middle of a key that goes over many lines. Python is shown as it is, but
    for the strings of a line that gives a value.
    """
    line = lines.line_span(lines.position(finding.span.start).line)
    if facts.kind != "python":
        return _name_alone(finding, facts, text, line)
    written = shown = line.of(text)
    if finding.check == "hardcoded-secret" or _defined_in(facts, line):
        shown = _without_strings(written, _names_in(facts))
    start, end = finding.span.start - line.start, min(finding.span.end, line.end) - line.start
    if shown[:end] != written[:end]:
        return _cut(printable(shown), 0, 0)  # what is marked is itself masked
    before = width(printable(shown[:start]))
    return _cut(printable(shown), before, before + max(1, width(printable(shown[start:end]))))


def _name_alone(finding: Finding, facts: FileFacts, text: str, line: Span) -> Excerpt | None:
    for definition in _defined_in(facts, line):
        if definition.variable == finding.variable or definition.span.overlaps(finding.span):
            name = printable(definition.span.of(text))
            return Excerpt(f"{name}={MASK}", 0, width(name))
    return None


def _defined_in(facts: FileFacts, line: Span) -> list[Definition]:
    return [found for found in facts.definitions if line.start <= found.span.start <= line.end]


def _names_in(facts: FileFacts) -> frozenset[str]:
    variables = [found.variable for found in facts.references] + [
        found.variable for found in facts.definitions
    ]
    return frozenset(variable.name for variable in variables)


def _without_strings(line: str, names: frozenset[str]) -> str:
    """A line of Python with its strings masked, but for those that name a variable."""
    return _STRING.sub(lambda found: found[0] if found[2] in names else f"{found[1]}{MASK}{found[3]}", line)


def _cut(line: str, start: int, end: int) -> Excerpt:
    """A window of a long line, so that what is marked can be seen."""
    if len(line) <= _MAX_WIDTH:
        return Excerpt(line.rstrip(), start, end)
    first = max(0, min(start, len(line)) - _MAX_WIDTH // 3)
    shown = ("…" if first else "") + line[first : first + _MAX_WIDTH] + "…"
    moved = first - (1 if first else 0)
    return Excerpt(shown, start - moved, min(end - moved, len(shown)))
