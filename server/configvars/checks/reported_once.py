"""A missing variable is reported once, at the first read to which the message applies."""

from __future__ import annotations

from collections.abc import Callable

from configvars.checks.auxiliary import is_auxiliary
from configvars.index import LocatedReference
from configvars.model import Need, Variable
from configvars.project import Project

_NEEDS = (Need.OPTIONAL, Need.REQUIRED)


def is_reported_before(
    variable: Variable, path: str, project: Project, is_alike: Callable[[LocatedReference], bool]
) -> bool:
    """Whether the same message is reported at a read in another file.

    The program's own files come first, then auxiliary files; each sorted by path.
    """
    files = project.index.files
    mine = (is_auxiliary(project, files[path]), path)
    return any(
        found.reference.need in _NEEDS
        and (is_auxiliary(project, files[found.path]), found.path) < mine
        and is_alike(found)
        for found in project.index.references(variable)
        if found.path != path
    )
