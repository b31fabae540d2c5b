"""The projects for the paths on the command line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches

from msgspec import Struct

from configvars.cli.errors import CannotRun, NoSuchPath
from configvars.cli.places import inside
from configvars.workspace import roots

_SIMILAR = 0.75


class Target(Struct, frozen=True):
    """A project folder, and the files and folders in it that were asked for.

    All paths are absolute. `left_out` are files that do not count at all.
    """

    root: str
    asked: tuple[str, ...]
    left_out: frozenset[str] = frozenset()

    def wants(self, path: str) -> bool:
        """Whether the command line names a file (absolute path), or a folder around it."""
        return path not in self.left_out and any(inside(path, asked) for asked in self.asked)


def current_folder() -> str:
    """The absolute path of the current folder. Raises `CannotRun` if it no longer exists."""
    try:
        return os.getcwd()
    except OSError:
        raise CannotRun("The current folder does not exist any more.") from None


def targets(paths: Sequence[str], cwd: str) -> list[Target]:
    """The projects of some paths, in their order; without paths, the project of the current folder.

    A path belongs to the nearest folder upwards that looks like a project, as with git and ruff: `check src`
    uses the `.env` next to `src`, and so does `check` in `src`. Raises `CannotRun` if a path does not exist.
    """
    asked: dict[str, list[str]] = {}
    for path in paths or ["."]:
        _check_named(path)
        absolute = os.path.normpath(os.path.join(cwd, path))
        _check_exists(absolute, path)
        root, meant = _without_links(project_root(absolute, cwd), absolute, cwd)
        asked.setdefault(root, []).append(meant)
    return [Target(root, tuple(files)) for root, files in asked.items()]


def _without_links(root: str, path: str, cwd: str) -> tuple[str, str]:
    """A project and a path in it, with symbolic links resolved, because files are known by their real path.

    What a link leads to outside the project belongs to the project there.
    """
    real = os.path.realpath(path)
    if (below := _below(real, root)) is not None:
        return root, os.path.normpath(os.path.join(root, below))
    is_linked_file = (
        os.path.isfile(path) and _below(os.path.realpath(os.path.dirname(path)), root) is not None
    )
    return (root, path) if is_linked_file else (project_root(real, cwd), real)


def _below(real: str, root: str) -> str | None:
    """The path relative to a folder, with links resolved; None if it is outside."""
    try:
        below = os.path.relpath(real, os.path.realpath(root))
    except ValueError:  # on another Windows drive
        return None
    return None if below.split(os.sep)[0] == os.pardir else below


def folder(path: str | None, cwd: str) -> str:
    """The absolute path of a folder that was named; without one, of the current folder's project."""
    if path is None:
        return project_root(cwd, cwd)
    _check_named(path)
    absolute = os.path.normpath(os.path.join(cwd, path))
    _check_exists(absolute, path)
    if not os.path.isdir(absolute):
        raise CannotRun(f"{path} is not a folder: name a folder, or nothing for the project you are in.")
    return absolute


def project_root(path: str, cwd: str) -> str:
    """The project folder of an existing absolute path.

    If no folder above looks like a project, it is the path itself or, for a file in the current folder, that
    folder.
    """
    _check_exists(path, path)
    start = path if os.path.isdir(path) else os.path.dirname(path)
    try:
        root = roots.project_root(start)
    except OSError as error:
        raise CannotRun(f"{error.filename} cannot be read.") from None
    if root is not None:
        return root
    if start in (os.path.dirname(start), os.path.expanduser("~")):
        where = "your home folder" if start == os.path.expanduser("~") else f"{start}, the root of the disk"
        raise CannotRun(f"This is {where}, not a project: go into a project, or name its folder.")
    return cwd if start != path and inside(start, cwd) else start


def _check_named(path: str) -> None:
    """Raises `CannotRun` for an empty path.

    A script whose variable is empty must not check another folder.
    """
    if not path:
        raise CannotRun(
            "A path is empty: name a folder or a file, or leave it out for the project you are in."
        )


def _check_exists(path: str, shown: str) -> None:
    try:
        os.stat(path)
    except FileNotFoundError:
        raise NoSuchPath(shown, _near(path, shown)) from None
    except (OSError, ValueError):
        raise CannotRun(f"{shown} cannot be read.") from None


def _near(path: str, shown: str) -> str:
    """A path with a similar name in the same folder, as the user would write it; empty if there is none."""
    parent, name = os.path.split(path)
    try:
        names = [each for each in os.listdir(parent) if not each.startswith(".") or name.startswith(".")]
    except OSError:
        return ""
    found = next((each for each in names if os.path.splitext(each)[0] == name), "")
    found = found or next(iter(get_close_matches(name, names, n=1, cutoff=_SIMILAR)), "")
    return os.path.join(os.path.dirname(shown), found) if found else ""
