"""Env files with unusual names, which code, a start command or the `env-files` setting names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

from msgspec.structs import replace

from configvars.model import EnvFileUse, FileFacts
from configvars.workspace.encodings import UTF8
from configvars.workspace.reading import inside


def loaded_paths(files: Mapping[str, FileFacts], root: str) -> Iterator[str]:
    """Every path in `root` that an env file name may mean, whether a file exists there or not.

    Relative paths in the code are tried in the root and in the folders from the code up to the root; those of
    a start (Compose's `env_file`, `flask --env-file`) only in its own folder.
    """
    for loader, facts in files.items():
        for use in facts.env_files:
            yield from (path for path in _meant(use, os.path.dirname(loader), root) if inside(path, root))
        for start in facts.starts:
            folder = os.path.join(os.path.dirname(loader), start.folder)
            named = (os.path.normpath(os.path.join(folder, each)) for each in start.env_files)
            yield from (path for path in named if inside(path, root))


def named_encodings(files: Mapping[str, FileFacts], root: str) -> dict[str, tuple[str, ...]]:
    """The encodings other than UTF-8 in which code reads env files, by possible path."""
    found: dict[str, list[str]] = {}
    for loader, facts in files.items():
        for use in facts.env_files:
            if use.encoding is not None and use.encoding.lower() not in UTF8:
                for path in _meant(replace(use, path=use.path or ".env"), os.path.dirname(loader), root):
                    found.setdefault(path, []).append(use.encoding)
    return {path: tuple(sorted(set(encodings))) for path, encodings in found.items()}


def is_listed(path: str, patterns: Iterable[str], root: str) -> bool:
    """Whether the `env-files` setting (paths and globs, relative to the root) lists a file."""
    absolute = (os.path.normpath(os.path.join(root, pattern)) for pattern in patterns)
    return any(path == pattern or fnmatchcase(path, pattern) for pattern in absolute)


def listed_paths(patterns: Iterable[str], root: str) -> Iterator[str]:
    """The paths in `root` that the `env-files` setting lists without a glob, whatever is there."""
    absolute = (os.path.normpath(os.path.join(root, pattern)) for pattern in patterns)
    return (path for path in absolute if path != root and inside(path, root))


def _meant(use: EnvFileUse, folder: str, root: str) -> Iterator[str]:
    if use.path is None or use.pattern:
        return
    folders = []
    while inside(folder, root):
        folders.append(folder)
        folder = os.path.dirname(folder)
    yield from {os.path.normpath(os.path.join(each, use.path)): None for each in folders}
