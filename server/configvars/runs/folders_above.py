"""Files that libraries search for in the folders above the code, beyond the workspace."""

from __future__ import annotations

import os

from configvars.project import Project
from configvars.resolve.env_places import upwards


def first_above(project: Project, folder: str, *names: str) -> tuple[str, ...]:
    """The first file with one of these names (or relative paths) from a folder upwards, if it is outside.

    Empty if a nearer one is in the workspace, and for a folder that is not trusted.
    """

    def find() -> tuple[str, ...]:
        for each in upwards(folder, os.path.abspath(os.sep)):
            for name in names:
                path = os.path.normpath(os.path.join(each, name))
                if project.is_file(path):
                    return (path,) if is_outside(project, path) else ()
        return ()

    return project.answered(f"first of {names} above {folder}", find)


def is_outside(project: Project, path: str) -> bool:
    """Whether a path leads out of the workspace, on this computer: Windows would log in to another one."""
    return not path.startswith((os.path.join(project.root, ""), "//", "\\\\"))
