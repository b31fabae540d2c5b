"""Which folders the paths on the command line stand for."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from configvars.cli.errors import CannotRun
from configvars.cli.places import inside

# What a folder has that is a project of its own; and what may as well lie in a folder of one.
_MARKERS = frozenset(
    {".env", ".flaskenv", ".git", "app.json", "configvars.toml", "Procfile", "pyproject.toml"}
)
_WEAK_MARKERS = frozenset({"manage.py", "requirements.txt", "setup.cfg", "setup.py", "uv.lock", "wsgi.py"})


@dataclass(frozen=True, slots=True)
class Target:
    """A folder to look at as one project, and the files and folders in it that were asked for.

    All paths are absolute. `left_out` are files that do not count, wherever they are.
    """

    root: str
    asked: tuple[str, ...]
    left_out: frozenset[str] = frozenset()

    def wants(self, path: str) -> bool:
        """Whether a file was asked for."""
        return path not in self.left_out and any(inside(path, asked) for asked in self.asked)


def current_folder() -> str:
    """The absolute path of the current folder; `CannotRun` where it was removed meanwhile."""
    try:
        return os.getcwd()
    except OSError:
        raise CannotRun("The current folder does not exist any more.") from None


def targets(paths: Sequence[str], cwd: str) -> list[Target]:
    """The projects of some paths, in their order; of the current folder for none.

    A path belongs to the nearest folder upwards that looks like a project, as with git and ruff: `check src`
    knows the `.env` beside `src`, and so does `check` in `src`. `CannotRun` says which path does not exist.
    """
    asked: dict[str, list[str]] = {}
    for path in paths or ["."]:
        absolute = os.path.normpath(os.path.join(cwd, path))
        _check_exists(absolute, path)
        asked.setdefault(project_root(absolute, cwd), []).append(absolute)
    return [Target(root, tuple(files)) for root, files in asked.items()]


def folder(path: str | None, cwd: str) -> str:
    """The absolute path of a folder that was named, of the current folder's project for none."""
    if path is None:
        return project_root(cwd, cwd)
    absolute = os.path.normpath(os.path.join(cwd, path))
    _check_exists(absolute, path)
    if not os.path.isdir(absolute):
        raise CannotRun(f"{path} is not a folder.")
    return absolute


def project_root(path: str, cwd: str) -> str:
    """The folder of the project that an existing absolute path belongs to.

    Where no folder above looks like a project, it is the path itself, or the current folder for a file in it.
    """
    _check_exists(path, path)
    start = path if os.path.isdir(path) else os.path.dirname(path)
    for markers in (_MARKERS, _WEAK_MARKERS):
        for above in _upwards(start):
            if _has_any(above, markers):
                return above
    return cwd if start != path and inside(start, cwd) else start


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


def _check_exists(path: str, shown: str) -> None:
    try:
        os.stat(path)
    except FileNotFoundError:
        raise CannotRun(f"{shown} does not exist.") from None
    except (OSError, ValueError):
        raise CannotRun(f"{shown} cannot be read.") from None


def _has_any(path: str, names: frozenset[str]) -> bool:
    try:
        with os.scandir(path) as entries:
            return any(entry.name in names for entry in entries)
    except OSError:
        raise CannotRun(f"{path} cannot be read.") from None
