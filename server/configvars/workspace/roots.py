"""Which folder is the project that a path belongs to: the nearest upwards that looks like one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

# What a folder has that is a project of its own; and what may as well lie in a folder of one.
_MARKERS = frozenset(
    {".env", ".flaskenv", ".git", "app.json", "configvars.toml", "Procfile", "pyproject.toml"}
)
_WEAK_MARKERS = frozenset({"manage.py", "requirements.txt", "setup.cfg", "setup.py", "uv.lock", "wsgi.py"})


def project_root(folder: str) -> str | None:
    """The project that an absolute folder is in, None for none; OSError where a folder cannot be listed."""
    for markers in (_MARKERS, _WEAK_MARKERS):
        for above in _upwards(folder):
            if _has_any(above, markers):
                return above
    return None


def _upwards(start: str) -> Iterator[str]:
    """A folder and those above it, as far as a project can reach.

    The home folder, a folder for everybody's files such as /tmp and the root of the file system hold projects
    and are none: what lies in them by chance must not make one project of all that is below.
    """
    yield start
    here = os.path.dirname(start)
    while not _holds_projects(here):
        yield here
        here = os.path.dirname(here)


def _holds_projects(folder: str) -> bool:
    if folder in (os.path.dirname(folder), os.path.expanduser("~")):
        return True
    try:
        return bool(os.stat(folder).st_mode & stat.S_ISVTX)
    except OSError:
        return True


def _has_any(path: str, names: frozenset[str]) -> bool:
    with os.scandir(path) as entries:
        return any(entry.name in names for entry in entries)
