"""The variable at an offset of a file, with which most features start."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from configvars.model import Definition, Finding, Reference, Variable
from configvars.project import Project
from configvars.text import WHOLE_FILE, Span, first_line


class FoundVariable(Struct, frozen=True):
    """A variable at a place; exactly one of `reference` and `definition` is not None."""

    variable: Variable
    span: Span
    reference: Reference | None = None
    definition: Definition | None = None


def variable_at(project: Project, path: str, offset: int) -> FoundVariable | None:
    """The variable whose name contains or touches `offset` (code points); None if there is none."""
    touched = [found for found in variables_in(project, path) if found.span.touches(offset)]
    return min(touched, key=lambda found: (found.span.end == offset, found.span), default=None)


def variables_in(project: Project, path: str) -> Iterator[FoundVariable]:
    """Every variable of a file, references first."""
    facts = project.index.files.get(path)
    if facts is None:
        return
    for reference in facts.references:
        yield FoundVariable(reference.variable, reference.span, reference=reference)
    for definition in facts.definitions:
        yield FoundVariable(definition.variable, definition.span, definition=definition)


def shown_span(finding: Finding, text: str) -> Span:
    """Where an editor shows a finding in its file with this text: one about the whole file on the first line.

    Of an empty span, editors would underline the word there, as if that variable were wrong.
    """
    return first_line(text) if finding.span == WHOLE_FILE else finding.span
