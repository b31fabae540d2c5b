"""Names without `=` in env files: python-dotenv sets nothing, and forgets a value that a line above sets."""

from __future__ import annotations

from configvars.model import Definition
from configvars.project import Project


def is_bare(definition: Definition) -> bool:
    """Whether a line of an env file is a name without `=`."""
    return definition.kind == "dotenv" and definition.value is None and not definition.declaration


def bare_in(project: Project, path: str) -> frozenset[str]:
    """The names whose last line in an env file, which is the one that counts, has no `=`."""

    def find() -> frozenset[str]:
        last = {each.variable.name: each for each in project.index.files[path].definitions}
        return frozenset(name for name, definition in last.items() if is_bare(definition))

    return project.answered(f"bare names, {path}", find)
