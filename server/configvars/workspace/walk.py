"""Which files of a folder are read.

They are selected by name, not by `.gitignore`, which lists half of the env files.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from configvars.limits import FOLDER_FILES, FOLDER_LEVELS, beyond
from configvars.workspace.checkouts import checkout_kind
from configvars.workspace.staging import is_staging_name

if TYPE_CHECKING:
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    from configvars.workspace.linked_folders import LinkedFolders

_MOST_COMPILED = 4000  # patterns; settings may have a thousand
_PRUNED = frozenset(
    {
        ".bzr", ".cache", ".direnv", ".eggs", ".git", ".hg", ".hypothesis", ".idea",
        ".ipynb_checkpoints", ".jj", ".mypy_cache",
        ".nox", ".pants.d", ".pytest_cache", ".pytype", ".ruff_cache", ".svn", ".tox", ".venv",
        ".virtual_documents", "__pycache__", "__pypackages__", "bower_components", "htmlcov", "node_modules",
        "site-packages", "venv",
    }
)  # fmt: skip
# Output of other tools is not read; these names alone do not show that a folder is one.
_BUILT = frozenset({"build", "dist"})
_BUILDERS = frozenset({"package.json", "pyproject.toml", "setup.cfg", "setup.py"})
_MARKERS = frozenset({"pyvenv.cfg", "CACHEDIR.TAG"})


Listing = tuple[list[str], list[str], list[str]] | None
"""The names of the folders in a folder, of its files, and of its links to folders, which are also among the
files; None if this user may not list it."""


class Folder(Struct, frozen=True):
    """A listed folder: its path, and the names of its files.

    `has_staging`: it contains a temporary folder of `staging`, possibly left behind by a killed process.
    `denied`: this user may not list it.
    """

    path: str
    files: tuple[str, ...]
    has_staging: bool = False
    denied: bool = False


def listed(path: str) -> Listing:
    """The names of the folders and of the other entries of a folder; none if it does not exist any more."""
    folders: list[str] = []
    files: list[str] = []
    links: list[str] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                (folders if entry.is_dir(follow_symlinks=False) else files).append(entry.name)
                if entry.is_symlink() and _leads_to_folder(entry):
                    links.append(entry.name)
    except PermissionError:
        return None
    except OSError:
        return [], [], []
    return sorted(folders), sorted(files), sorted(links)


def _leads_to_folder(link: os.DirEntry[str]) -> bool:
    try:
        return link.is_dir()
    except OSError:  # the link leads back to itself
        return False


def walk(
    root: str,
    exclude: Iterable[str] = (),
    start: str | None = None,
    listing: Callable[[str], Listing] = listed,
    linked: LinkedFolders | None = None,
) -> Iterator[Folder]:
    """List `start` (the root itself, if not given) and the folders below it, in a stable order.

    A symbolic link to a folder is followed only if `linked` enters it; then last. Other worktrees of a
    repository are not entered, folders that cannot be listed are skipped, and the walk ends after
    `FOLDER_FILES` files. `exclude` contains patterns in `.gitignore` syntax, relative to `root`. `listing`
    lists one folder.
    """
    patterns = tuple(exclude)
    excluded = excluder(root, patterns)
    waiting, elsewhere = [(start or root, 0)], deque[tuple[str, int]]()
    seen = 0
    while waiting or elsewhere:
        if seen >= FOLDER_FILES.most:
            beyond(FOLDER_FILES)
            return
        path, depth = waiting.pop() if waiting else elsewhere.popleft()
        found = listing(path)
        if found is None:
            yield Folder(path, (), denied=True)
            continue
        folders, files, links = found
        if path != root and (not _MARKERS.isdisjoint(files) or _is_worktree(path, files)):
            continue
        if patterns:
            files = [name for name in files if not excluded(os.path.join(path, name), False)]
        if linked is not None:
            files = linked.own_files(path, files)
        seen += len(files)
        staging = {name for name in folders if is_staging_name(name)}
        yield Folder(path, tuple(files), bool(staging))
        if depth >= FOLDER_LEVELS.most:
            beyond(FOLDER_LEVELS)
        else:
            built = _BUILT if not _BUILDERS.isdisjoint(files) else frozenset()
            pruned_here = _PRUNED | built | staging
            below = (os.path.join(path, name) for name in reversed(folders) if name not in pruned_here)
            entered = [(folder, depth + 1) for folder in below if not excluded(folder, True)]
            if linked is not None:
                names = (os.path.join(path, name) for name in links if name not in pruned_here)
                followed = [each for each in names if not excluded(each, True) and linked.enters(each)]
                elsewhere += [(each, depth + 1) for each in followed]
            if linked is not None and linked.is_behind(path):
                elsewhere += [each for each in reversed(entered) if linked.is_first(each[0])]
            else:
                waiting += entered


def _is_worktree(folder: str, files: list[str]) -> bool:
    return ".git" in files and checkout_kind(folder) == "worktree"


def excluder(root: str, patterns: Iterable[str]) -> Callable[[str, bool], bool]:
    """A function that says whether the `exclude` setting excludes a path, given whether it is a folder."""
    patterns = tuple(patterns)
    if not patterns:
        return lambda path, is_folder: False
    from pathspec import GitIgnoreSpec  # slow to import, and few projects have this setting

    spec = GitIgnoreSpec(pattern for text in patterns for pattern in _compiled(text))
    return lambda path, is_folder: spec.match_file(
        os.path.relpath(path, root).replace(os.sep, "/") + "/" * is_folder
    )


@lru_cache(_MOST_COMPILED)
def _compiled(text: str) -> tuple[GitIgnoreSpecPattern, ...]:
    """A pattern, compiled once for all walks; none if it is invalid."""
    from pathspec import GitIgnoreSpec

    try:
        return tuple(GitIgnoreSpec.from_lines([text]).patterns)
    except ValueError:
        return ()


def is_of_tool(name: str) -> bool:
    """Whether folders of this name contain libraries, or output of tools, and are never read."""
    return name in _PRUNED


def pruned(root: str, path: str) -> bool:
    """Whether a walk of `root` would not reach `path` because of the name of a folder in it."""
    parts = os.path.relpath(path, root).split(os.sep)
    return not _PRUNED.isdisjoint(parts[:-1]) or any(is_staging_name(part) for part in parts)
