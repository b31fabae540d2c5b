"""Which env files answer for the code in a file.

The nearest `.env` and `.flaskenv` from the file's folder up to the root, the files that some code loads by
name, and those of the `env-files` setting. Templates never do. In a repository of several apps (each with its
own Procfile, app.json or `.env`) what one app loads does not answer for another.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Protocol

from configvars.model import Definition, EnvFileUse, FileFacts
from configvars.sources.dotenv import KIND
from configvars.sources.env_names import is_template_name

Files = Mapping[str, FileFacts]


class EnvFileSettings(Protocol):
    """What of the settings matters here: paths and globs, relative to the root."""

    @property
    def env_files(self) -> tuple[str, ...]:
        """The files that give variables on the user's word."""


_DEFAULTS = (".env", ".flaskenv")
_APP_MARKS = ("Procfile", "app.json", ".env")
# tests-perf, api_tests, load_test; not test_app, which may be a program.
_OF_TESTS = re.compile(
    r"tests[-_].+|.+[-_]tests|(?:e2e|functional|integration|load|perf|performance|smoke|soak|stress|unit)[-_]tests?"
)
_TEST_FOLDERS = frozenset({"test", "tests", "testing"})


def is_template(path: str) -> bool:
    """Whether an env file only declares variables, by its name."""
    return is_template_name(os.path.basename(path))


def is_env_file(path: str, files: Files) -> bool:
    """Whether `path` is an env file that can give variables: one of `files`, no template and no folder."""
    facts = files.get(path)
    if facts is None or facts.kind != KIND or is_template(path):
        return False
    return facts.unread is None or facts.unread.gives


def env_files_for(path: str, files: Files, root: str, settings: EnvFileSettings) -> tuple[str, ...]:
    """The env files that answer for the code in `path`: those of the setting, the nearest, the named ones."""
    found = [
        *_of_setting(files, root, settings),
        *(near for name in _DEFAULTS if (near := nearest(name, os.path.dirname(path), files, root))),
        *(loaded for _, loaded in loads(path, files, root)),
    ]
    return tuple(dict.fromkeys(found))


def definitions_for(
    path: str, files: Files, root: str, settings: EnvFileSettings
) -> Iterator[tuple[str, Definition]]:
    """What the env files that answer for `path` give, with the file's path; names alone give nothing."""
    for env_file in env_files_for(path, files, root, settings):
        yield from ((env_file, d) for d in files[env_file].definitions if d.value is not None)


def nearest(name: str, folder: str, files: Files, root: str) -> str | None:
    """The first env file of that name (or relative path) from `folder` upwards, no further than `root`."""
    for parent in _upwards(folder, root):
        candidate = os.path.normpath(os.path.join(parent, name))
        if is_env_file(candidate, files):
            return candidate
    return None


def used_file(use: EnvFileUse, loader: str, files: Files, root: str) -> str | None:
    """The file that a use in the code file `loader` means, None where the workspace has no such file.

    What is relative to the working directory is looked for in the root and then upwards from the code.
    """
    folder = os.path.dirname(loader)
    if use.path is None:
        return nearest(_DEFAULTS[0], folder, files, root)
    if use.relative_to == "cwd":
        return nearest(use.path, root, files, root) or nearest(use.path, folder, files, root)
    return nearest(use.path, folder, files, root)


def used_files(use: EnvFileUse, loader: str, files: Files, root: str) -> tuple[str, ...]:
    """The files that a use in the code file `loader` may mean; more than one where its path is a pattern."""
    if not use.pattern or use.path is None:
        found = used_file(use, loader, files, root)
        return () if found is None else (found,)
    folders = _upwards(os.path.dirname(loader), root)
    fitting = [_pattern(os.path.normpath(os.path.join(folder, use.path))) for folder in folders]
    return tuple(
        path
        for path in sorted(files)
        if is_env_file(path, files) and any(pattern.fullmatch(path) for pattern in fitting)
    )


def _pattern(path: str) -> re.Pattern[str]:
    """A path in which `*` stands for anything within one name."""
    return re.compile("[^/\\\\]*".join(map(re.escape, path.split("*"))))


def _of_setting(files: Files, root: str, settings: EnvFileSettings) -> Iterator[str]:
    for pattern in settings.env_files:
        absolute = os.path.normpath(os.path.join(root, pattern))
        if is_env_file(absolute, files):
            yield absolute
        else:
            yield from sorted(p for p in files if fnmatchcase(p, absolute) and is_env_file(p, files))


def loads(path: str, files: Files, root: str) -> Iterator[tuple[EnvFileUse, str]]:
    """What code of the same app loads, and the file that each use means; by the loading code's place.

    What tests load is there while tests run, and answers for tests alone.
    """
    home = home_of(path, files, root)
    in_tests = is_test_file(path, root)
    for loader in sorted(loader for loader, facts in files.items() if facts.env_files):
        if is_test_file(loader, root) and not in_tests:
            continue
        if _is_within(loader, home) or _is_within(path, home_of(loader, files, root)):
            for use in sorted(files[loader].env_files, key=lambda use: use.span):
                yield from ((use, found) for found in used_files(use, loader, files, root))


def below(path: str, root: str) -> str:
    """A path as it is told from a folder."""
    start = root if root.endswith(os.sep) else root + os.sep
    return path[len(start) :] if path.startswith(start) else os.path.relpath(path, root)


def is_test_file(path: str, root: str) -> bool:
    """Whether a file is one that a test runner runs, by its name and the folders below `root`."""
    *folders, name = below(path, root).split(os.sep)
    return (
        not _TEST_FOLDERS.isdisjoint(folders)
        or any(_OF_TESTS.fullmatch(folder) for folder in folders)
        or name == "conftest.py"
        or name.startswith("test_")
        or name.endswith("_test.py")
    )


def home_of(path: str, files: Files, root: str) -> str:
    """The folder of the app a file belongs to, where its Procfile, app.json or `.env` is; or the root."""
    for folder in _upwards(os.path.dirname(path), root):
        if any(os.path.join(folder, mark) in files for mark in _APP_MARKS):
            return folder
    return root


def _is_within(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)


def _upwards(folder: str, root: str) -> Iterator[str]:
    yield folder
    while folder != root and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
        yield folder
