"""Which folders the paths on the command line stand for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from configvars.cli.errors import CannotRun
from configvars.cli.places import inside

# What a folder has that is a project of its own.
_MARKERS = frozenset(
    {".env", ".flaskenv", ".git", "app.json", "manage.py", "Procfile", "pyproject.toml"}
    | {"requirements.txt", "setup.cfg", "setup.py", "uv.lock", "wsgi.py"}
)


@dataclass(frozen=True, slots=True)
class Target:
    """A folder to look at as one project, and the files and folders in it that were asked for.

    All paths are absolute.
    """

    root: str
    asked: tuple[str, ...]

    def wants(self, path: str) -> bool:
        """Whether a file was asked for."""
        return any(inside(path, asked) for asked in self.asked)


def current_folder() -> str:
    """The absolute path of the current folder; `CannotRun` where it was removed meanwhile."""
    try:
        return os.getcwd()
    except OSError:
        raise CannotRun("The current folder does not exist any more.") from None


def targets(paths: Sequence[str], cwd: str) -> list[Target]:
    """The projects of some paths, in their order; the current folder for none.

    A folder outside the current one, or one with the marks of a project, is a project of its own. Else a
    path belongs to the nearest marked folder above it, at most the current one, so that `check src` knows
    the `.env` beside `src`. `CannotRun` says which path does not exist.
    """
    asked: dict[str, list[str]] = {}
    for path in paths or ["."]:
        absolute = os.path.normpath(os.path.join(cwd, path))
        _check_exists(absolute, path)
        asked.setdefault(project_root(absolute, cwd), []).append(absolute)
    return [Target(root, tuple(files)) for root, files in asked.items()]


def folder(path: str, cwd: str) -> str:
    """The absolute path of a folder that was named; `CannotRun` where there is none."""
    absolute = os.path.normpath(os.path.join(cwd, path))
    _check_exists(absolute, path)
    if not os.path.isdir(absolute):
        raise CannotRun(f"{path} is not a folder.")
    return absolute


def project_root(path: str, cwd: str) -> str:
    """The folder of the project that an existing absolute path belongs to."""
    _check_exists(path, path)
    start = path if os.path.isdir(path) else os.path.dirname(path)
    if not inside(start, cwd):
        return start
    return next((above for above in _upwards(start, cwd) if _is_marked(above)), _unmarked(path, start, cwd))


def _unmarked(path: str, start: str, cwd: str) -> str:
    return start if path == start else cwd


def _check_exists(path: str, shown: str) -> None:
    try:
        os.stat(path)
    except FileNotFoundError:
        raise CannotRun(f"{shown} does not exist.") from None
    except (OSError, ValueError):
        raise CannotRun(f"{shown} cannot be read.") from None


def _upwards(start: str, last: str) -> Iterable[str]:
    here = start
    while True:
        yield here
        if here == last:
            return
        here = os.path.dirname(here)


def _is_marked(path: str) -> bool:
    try:
        with os.scandir(path) as entries:
            return any(entry.name in _MARKERS for entry in entries)
    except OSError:
        raise CannotRun(f"{path} cannot be read.") from None
