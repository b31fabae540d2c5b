"""Which env files apply to the code in a file.

They are the nearest `.env` and `.flaskenv` from the file's folder up to the root, the files that some code
loads, and those of the `env-files` setting. Templates never apply. In a repository of several apps
(each with its own Procfile, app.json or `.env`), what one app loads does not apply to another.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Protocol

from configvars.model import EnvFileUse, FileFacts
from configvars.names.holes import ANY_FILE
from configvars.resolve.env_places import DEFAULTS, Places, is_env_file, is_test_file, places_of, upwards
from configvars.sources.env_names import is_template_name

__all__ = [
    "MAY_SEARCH",
    "env_files_for",
    "file_in",
    "home_of",
    "is_env_file",
    "is_template",
    "is_test_file",
    "loads",
    "nearest",
    "nearest_files",
    "used_file",
    "used_files",
]
Files = Mapping[str, FileFacts]


class EnvFileSettings(Protocol):
    """The settings that matter here: paths and globs, relative to the root."""

    @property
    def env_files(self) -> tuple[str, ...]:
        """The env files that the user has listed."""


MAY_SEARCH = frozenset({"load_dotenv", "dotenv_values", "dynaconf", "environs.read_env"})
"""The idioms that search for `.env` upwards, up to the root of the file system."""


def is_template(path: str) -> bool:
    """Whether an env file is a template, by its name."""
    return is_template_name(os.path.basename(path))


def env_files_for(
    path: str,
    files: Files,
    root: str,
    settings: EnvFileSettings,
    without: frozenset[str] = frozenset(),
    starts: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """The env files that apply to the code in `path`.

    They are listed in the setting, the nearest ones, or loaded by code; code in the files `without` does not
    count. The nearest ones are searched from the folders `starts` upwards, by default from that of `path`.
    """
    folder, patterns = os.path.dirname(path), tuple(settings.env_files)
    starts = starts or (folder,)
    in_tests = is_test_file(path, root)
    places = places_of(files, root)

    def find() -> Iterator[str]:
        yield from places.once(patterns, lambda: tuple(_of_setting(files, root, patterns)))
        for start in starts:
            yield from nearest_files(start, files, root)
        yield from (loaded for _, loaded in loads(path, files, root, without))

    return places.once(
        ("for", folder, in_tests, patterns, without, starts), lambda: tuple(dict.fromkeys(find()))
    )


def nearest_files(folder: str, files: Files, root: str) -> tuple[str, ...]:
    """The nearest `.env` and `.flaskenv` from a folder upwards."""

    def find() -> tuple[str, ...]:
        return tuple(near for name in DEFAULTS if (near := nearest(name, folder, files, root)))

    return places_of(files, root).once(("nearest", folder), find)


def nearest(name: str, folder: str, files: Files, root: str) -> str | None:
    """The first env file with that name (or relative path) from `folder` upwards, up to `root`."""
    for parent in upwards(folder, root):
        candidate = os.path.normpath(os.path.join(parent, name))
        if is_env_file(candidate, files):
            return candidate
    return None


def used_file(use: EnvFileUse, loader: str, files: Files, root: str) -> str | None:
    """The file that `use` in the code file `loader` means, None if the workspace has no such file.

    A path relative to the working directory is tried in the root, and then upwards from the code.
    """
    folder = os.path.dirname(loader)
    if use.path is None:
        return nearest(DEFAULTS[0], folder, files, root)
    if use.relative_to == "folder":
        candidate = os.path.normpath(os.path.join(folder, use.path))
        return candidate if is_env_file(candidate, files) else None
    if use.relative_to == "cwd":
        return nearest(use.path, root, files, root) or nearest(use.path, folder, files, root)
    return nearest(use.path, folder, files, root)


def file_in(use: EnvFileUse, cwd: str, files: Files, root: str) -> str | None:
    """The file that `use` means by a path relative to the working directory `cwd`.

    Some libraries search upwards, and python-dotenv does so with `find_dotenv(usecwd=True)`.
    """
    if use.path is None or use.idiom in MAY_SEARCH:
        return nearest(use.path or DEFAULTS[0], cwd, files, root)
    candidate = os.path.normpath(os.path.join(cwd, use.path))
    return candidate if is_env_file(candidate, files) else None


def used_files(use: EnvFileUse, loader: str, files: Files, root: str) -> tuple[str, ...]:
    """The files that `use` in the code file `loader` may mean; more than one if its path is a pattern."""
    folder = os.path.dirname(loader)

    def find() -> tuple[str, ...]:
        if not use.pattern or use.path is None:
            found = used_file(use, loader, files, root)
            return () if found is None else (found,)
        if use.path == ANY_FILE:
            return tuple(sorted(places.env_files()))
        fitting = (os.path.normpath(os.path.join(each, use.path)) for each in upwards(folder, root))
        return tuple(sorted({path for each in fitting for path in _fitting(each, places)}))

    places = places_of(files, root)
    return places.once(("used", use.path, use.pattern, use.relative_to, folder), find)


def _fitting(path: str, places: Places) -> Iterator[str]:
    """The env files that match a path in which `*` stands for any part of one name."""
    folder = os.path.dirname(path)
    pattern = _pattern(path)
    candidates = places.env_files() if "*" in folder else places.env_files_in(folder)
    return (each for each in candidates if pattern.fullmatch(each))


def _pattern(path: str) -> re.Pattern[str]:
    """A regular expression for a path in which `*` stands for any part of one name."""
    return re.compile("[^/\\\\]*".join(map(re.escape, path.split("*"))))


def _of_setting(files: Files, root: str, patterns: tuple[str, ...]) -> Iterator[str]:
    for pattern in patterns:
        absolute = os.path.normpath(os.path.join(root, pattern))
        if is_env_file(absolute, files):
            yield absolute
        else:
            yield from (p for p in places_of(files, root).env_files() if fnmatchcase(p, absolute))


def loads(
    path: str, files: Files, root: str, without: frozenset[str] = frozenset()
) -> Iterator[tuple[EnvFileUse, str]]:
    """The env files that code of the same app loads, each with the use, ordered by place of the code.

    An env file that only tests load applies only to tests. Code in the files `without` does not count.
    """
    for loader in places_of(files, root).loaders(path):
        if loader.path in without:
            continue
        for use in loader.uses:
            yield from ((use, found) for found in used_files(use, loader.path, files, root))


def home_of(path: str, files: Files, root: str) -> str:
    """The folder of the app that a file belongs to, which contains its Procfile, app.json or `.env`.

    Or the root.
    """
    return places_of(files, root).home_of(path)
