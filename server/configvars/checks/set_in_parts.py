"""Models of pydantic of which an app sets some parts, but not all that are required."""

from __future__ import annotations

from collections.abc import Collection

from configvars.checks.wording import joined
from configvars.model import Reference
from configvars.platforms.base import AppSnapshot
from configvars.project import Project


def part_set_on(app: AppSnapshot, reference: Reference) -> str:
    """The config var of an app with which code also needs the variable of a read; empty if there is none."""
    return _with_prefix(app, reference, reference.needed_with)


def is_set_by_part(app: AppSnapshot, reference: Reference) -> bool:
    """Whether an app has a config var of those of which any one is enough."""
    return _with_prefix(app, reference, reference.any_with) != ""


def _with_prefix(app: AppSnapshot, reference: Reference, prefix: str) -> str:
    if not prefix:
        return ""
    for name, variable in app.variables.items():
        begins = name.startswith(prefix) if reference.exact else name.lower().startswith(prefix.lower())
        if begins and not variable.facts.is_empty:
            return name
    return ""


def because_of_parts(project: Project, reference: Reference, apps: Collection[str]) -> str:
    """The start of a clause: which config vars make the code need the variable; empty if none does."""
    found = dict.fromkeys(part_set_on(app, reference) for app in project.apps if app.app in apps)
    return f"because {joined(found, 'or')} is set, " if all(found) else ""
