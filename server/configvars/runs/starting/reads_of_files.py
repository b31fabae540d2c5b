"""The reads of files, and whether they accept that their variables are not set."""

from __future__ import annotations

from collections.abc import Mapping

from configvars.model import Access, Need, Reference
from configvars.project import Project
from configvars.text import Span


def reads_by_name(project: Project, path: str, *, soft: bool) -> Mapping[str, list[Span]]:
    """The reads of a file by name, sorted; `soft`: only those that accept that the variable is not set."""
    facts = project.index.files.get(path)
    found: dict[str, list[Span]] = {}
    for each in facts.references if facts is not None else ():
        if is_soft(each) if soft else is_read(each):
            found.setdefault(each.variable.name, []).append(each.span)
    return {name: sorted(spans) for name, spans in found.items()}


def is_soft(reference: Reference) -> bool:
    """Whether a read returns None, or a default that may be empty, if its variable is not set."""
    return is_read(reference) and reference.need in (Need.OPTIONAL, Need.DEFAULTED)


def is_read(reference: Reference) -> bool:
    """Whether a reference reads a variable of the environment."""
    return reference.access is Access.READ and reference.variable.scope == "env"
