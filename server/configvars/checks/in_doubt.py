"""The names that only an unreadable env file may set."""

from __future__ import annotations

from configvars.checks.missing import Missing
from configvars.project import Project


def names_it_may_give(path: str, project: Project) -> list[str]:
    """The names that code reads and that only the unreadable file `path` may set; sorted."""
    return sorted(project.remembered("names in doubt", lambda: _in_doubt(project)).get(path, ()))


def _in_doubt(project: Project) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for facts in project.index.files.values():
        for reference, files in Missing(facts, project).in_doubt():
            for path in files:
                found.setdefault(path, set()).add(reference.variable.name)
    return found
