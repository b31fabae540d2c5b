"""Finding the project folder of a path: the nearest folder upwards that looks like one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

# Files that mark a project folder, and files that may also be in a subfolder of a project.
_MARKERS = frozenset(
    {".env", ".flaskenv", ".git", "app.json", "configvars.toml", "Procfile", "pyproject.toml"}
)
_WEAK_MARKERS = frozenset({"manage.py", "requirements.txt", "setup.cfg", "setup.py", "uv.lock", "wsgi.py"})


def project_root(folder: str) -> str | None:
    """The project folder of an absolute folder; None if there is none.

    Raises OSError if a folder cannot be listed.
    """
    for markers in (_MARKERS, _WEAK_MARKERS):
        for above in upwards(folder):
            if _has_any(above, markers):
                return above
    return None


def upwards(start: str) -> Iterator[str]:
    """A folder and the folders above it that can be the root of its project.

    The home folder, shared folders such as /tmp and the root of the file system contain projects but are not
    projects: a stray file in them must not turn everything below into one project.
    """
    yield start
    here = os.path.dirname(start)
    while not holds_projects(here):
        yield here
        here = os.path.dirname(here)


def holds_projects(folder: str) -> bool:
    """Whether a folder contains projects of any kind, and is none: the home folder, /tmp, the root."""
    if folder in (os.path.dirname(folder), os.path.expanduser("~")):
        return True
    try:
        return bool(os.stat(folder).st_mode & stat.S_ISVTX)
    except OSError:
        return True


def _has_any(path: str, names: frozenset[str]) -> bool:
    with os.scandir(path) as entries:
        return any(entry.name in names for entry in entries)
