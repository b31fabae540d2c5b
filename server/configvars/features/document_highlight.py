"""The other places of a variable in the same file."""

from __future__ import annotations

from configvars.features.at import variable_at, variables_in
from configvars.features.results import Highlight
from configvars.model import Access
from configvars.project import Project


def document_highlight(project: Project, path: str, offset: int) -> tuple[Highlight, ...]:
    """Every place in the file of the variable at an offset, in order."""
    at = variable_at(project, path, offset)
    if at is None:
        return ()
    found = [each for each in variables_in(project, path) if each.variable == at.variable]
    return tuple(
        Highlight(each.span, each.reference is None or each.reference.access is Access.WRITE)
        for each in sorted(found, key=lambda each: each.span)
    )
