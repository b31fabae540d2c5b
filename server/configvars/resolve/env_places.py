"""Where the env files of a folder are and which code loads them.

Both are computed once for each state of the files.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from functools import lru_cache
from typing import Any, TypeVar

from msgspec import Struct

from configvars.model import EnvFileUse, FileFacts
from configvars.patterns import lazy_pattern
from configvars.sources.dotenv import KIND
from configvars.sources.env_names import is_template_name
from configvars.traces import noted

_T = TypeVar("_T")
DEFAULTS = (".env", ".flaskenv")
_APP_MARKS = ("Procfile", "app.json", ".env")
# tests-perf, api_tests, load_test; but not test_app, which may be a program.
_OF_TESTS = lazy_pattern(
    r"tests[-_].+|.+[-_]tests|(?:e2e|functional|integration|load|perf|performance|smoke|soak|stress|unit)[-_]tests?"
)
_TEST_FOLDERS = frozenset({"test", "tests", "testing"})


class Files(Mapping[str, FileFacts]):
    """The facts of files by path. What is read of them is noted (see `traces`).

    `version` changes with any facts, `version_of_places` with those that `Places` uses.
    """

    def __init__(
        self,
        files: Mapping[str, FileFacts],
        version: Callable[[], int],
        version_of_places: Callable[[], object],
    ) -> None:
        self._files = files
        self._version = version
        self._version_of_places = version_of_places
        self._places: dict[str, tuple[object, Places]] = {}
        self._one, self._has = files.get, files.__contains__

    def __getitem__(self, path: str) -> FileFacts:
        noted(self._files.get(path), self._one, path)
        return self._files[path]

    def get(self, path: str, default: _T | None = None) -> FileFacts | _T | None:  # type: ignore[override]
        """The facts of a file; `default` if there are none."""
        found = noted(self._files.get(path), self._one, path)
        return default if found is None else found

    def __contains__(self, path: object) -> bool:
        return noted(path in self._files, self._has, path)

    def __iter__(self) -> Iterator[str]:
        self._note_all()
        return iter(self._files)

    def __len__(self) -> int:
        self._note_all()
        return len(self._files)

    def keys(self) -> KeysView[str]:
        """All paths."""
        self._note_all()
        return self._files.keys()

    def values(self) -> ValuesView[FileFacts]:
        """The facts of all files."""
        self._note_all()
        return self._files.values()

    def items(self) -> ItemsView[str, FileFacts]:
        """All paths with their facts."""
        self._note_all()
        return self._files.items()

    def places(self, root: str) -> Places:
        """The `Places` of these files, computed once until they change."""
        known, version = self._places.get(root), self._version_of_places()
        noted(version, self._version_of_places)
        if known is None or known[0] != version:
            known = self._places[root] = version, Places(self._files, root)
        return known[1]

    def _note_all(self) -> None:
        noted(self._version(), self._version)


OF_PLACES = ("kind", "unread", "env_files")
"""The facts that `Places` uses."""


class Loader(Struct, frozen=True):
    """A file whose code loads env files. `home` is the folder of the app it belongs to."""

    path: str
    uses: tuple[EnvFileUse, ...]
    home: str
    is_test: bool


class Places:
    """Some files below the folder `root`, in their current state."""

    def __init__(self, files: Mapping[str, FileFacts], root: str) -> None:
        self._files = files
        self._root = root
        self._homes: dict[str, str] = {}
        self._known: dict[object, Any] = {}

    def once(self, question: object, find: Callable[[], _T]) -> _T:
        """The result of `find`, computed once."""
        if question not in self._known:
            self._known[question] = find()
        found: _T = self._known[question]
        return found

    def env_files(self) -> list[str]:
        """The env files that can set variables, sorted."""
        return self.once("env files", lambda: sorted(p for p in self._files if is_env_file(p, self._files)))

    def env_files_in(self, folder: str) -> list[str]:
        """The env files directly in a folder, sorted."""

        def find() -> dict[str, list[str]]:
            found: dict[str, list[str]] = {}
            for path in self.env_files():
                found.setdefault(os.path.dirname(path), []).append(path)
            return found

        return self.once("env files by folder", find).get(folder, [])

    def folders_of_defaults(self) -> frozenset[str]:
        """The folders with a `.env` or `.flaskenv`, which the `flask` command searches."""

        def find() -> frozenset[str]:
            return frozenset(os.path.dirname(p) for p in self.env_files() if os.path.basename(p) in DEFAULTS)

        return self.once("folders of defaults", find)

    def env_files_below(self, folder: str) -> list[str]:
        """The env files in a folder or below it, sorted."""
        inside, files = folder.rstrip(os.sep) + os.sep, self.env_files()
        return files[bisect_left(files, inside) : bisect_left(files, inside[:-1] + chr(ord(os.sep) + 1))]

    def home_of(self, path: str) -> str:
        """The folder of the app that a file belongs to, which contains its Procfile, app.json or `.env`.

        Or the root.
        """
        passed: list[str] = []
        home = self._root
        for folder in upwards(os.path.dirname(path), self._root):
            if folder in self._homes:
                home = self._homes[folder]
                break
            passed.append(folder)
            if any(os.path.join(folder, mark) in self._files for mark in _APP_MARKS):
                home = folder
                break
        self._homes.update(dict.fromkeys(passed, home))
        return home

    def loaders(self, path: str) -> tuple[Loader, ...]:
        """The code of the same app as `path` that loads env files; code of tests only for tests."""
        home, in_tests = self.home_of(path), is_test_file(path, self._root)
        by_home = self._by_home()
        around = tuple(each for each in upwards(os.path.dirname(path), self._root) if each in by_home)

        def find() -> tuple[Loader, ...]:
            found = {one.path: one for folder in around for one in by_home[folder]}
            found.update((one.path, one) for one in self._loaders_below(home))
            return tuple(one for _, one in sorted(found.items()) if in_tests or not one.is_test)

        return self.once(("loaders", home, in_tests, around), find)

    def _all_loaders(self) -> list[Loader]:
        def find() -> Iterator[Loader]:
            for path in sorted(path for path, facts in self._files.items() if facts.env_files):
                uses = tuple(sorted(self._files[path].env_files, key=lambda use: use.span))
                yield Loader(path, uses, self.home_of(path), is_test_file(path, self._root))

        return self.once("loaders", lambda: list(find()))

    def _by_home(self) -> dict[str, list[Loader]]:
        def find() -> dict[str, list[Loader]]:
            found: dict[str, list[Loader]] = {}
            for one in self._all_loaders():
                found.setdefault(one.home, []).append(one)
            return found

        return self.once("loaders by home", find)

    def _loaders_below(self, folder: str) -> list[Loader]:
        every, inside = self._all_loaders(), folder.rstrip(os.sep) + os.sep
        paths = self.once("paths of loaders", lambda: [one.path for one in every])
        return every[bisect_left(paths, inside) : bisect_left(paths, inside[:-1] + chr(ord(os.sep) + 1))]


def is_env_file(path: str, files: Mapping[str, FileFacts]) -> bool:
    """Whether `path` is an env file that can set variables, not a template or folder."""
    facts = files.get(path)
    if facts is None or facts.kind != KIND or is_template_name(os.path.basename(path)):
        return False
    return facts.unread is None or facts.unread.gives


def below(path: str, root: str) -> str:
    """The path relative to a folder that contains it, with the separators of the system."""
    start = root if root.endswith(os.sep) else root + os.sep
    return path[len(start) :] if path.startswith(start) else os.path.relpath(path, root)


@lru_cache(maxsize=8192)
def is_test_file(path: str, root: str) -> bool:
    """Whether a test runner runs a file, by its name and the folders below `root`."""
    *folders, name = below(path, root).split(os.sep)
    return (
        not _TEST_FOLDERS.isdisjoint(folders)
        or any(_OF_TESTS.fullmatch(folder) for folder in folders)
        or name == "conftest.py"
        or name.startswith("test_")
        or name.endswith("_test.py")
    )


def upwards(folder: str, root: str) -> Iterator[str]:
    """A folder and the folders above it, up to `root`."""
    yield folder
    while folder != root and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
        yield folder


def places_of(files: Mapping[str, FileFacts], root: str) -> Places:
    """The `Places` of some files; they are stored with the files if possible."""
    return files.places(root) if isinstance(files, Files) else Places(files, root)
