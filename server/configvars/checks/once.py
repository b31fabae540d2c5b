"""What is said of a variable that is absent is said once, at the first read that it is true of."""

from __future__ import annotations

from collections.abc import Callable

from configvars.checks.aside import is_aside
from configvars.index import LocatedReference
from configvars.model import Need, Variable
from configvars.project import Project

_NEEDS = (Need.OPTIONAL, Need.REQUIRED)


def is_said_before(
    variable: Variable, path: str, project: Project, is_alike: Callable[[LocatedReference], bool]
) -> bool:
    """Whether a read in another file comes first: the program's own before what is aside, then by path."""
    files = project.index.files
    mine = (is_aside(project, files[path]), path)
    return any(
        found.reference.need in _NEEDS
        and (is_aside(project, files[found.path]), found.path) < mine
        and is_alike(found)
        for found in project.index.references(variable)
        if found.path != path
    )
