"""Which file a dotted name means, as Python's import finds it from another file."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from configvars.resolve.folder_links import NO_LINKS, FolderLinks

Found = tuple[str | None, tuple[str, ...]]
_INIT = f"{os.sep}__init__.py"
# Python imports these before it searches for the first file of a project, so no file can replace them.
_LOADED_BEFORE = frozenset({"abc", "builtins", "codecs", "io", "os", "posix", "site", "stat", "sys"})


class Modules:
    """The Python files of one folder, found by module name from the importing file.

    `moves` counts added and removed files. `turned` are the folders that became packages or stopped being
    packages, each with the number of that move. `known` are top-level names of libraries that are probably
    installed. `links` are folders with a second path: no file is known by a path that leads through one.
    """

    def __init__(self, root: str, known: frozenset[str] = frozenset()) -> None:
        self._root = root
        self._known = known
        self.links = NO_LINKS
        self._link_names: frozenset[str] = frozenset()
        self._files: dict[str, int] = {}
        self._folders: dict[str, int] = {}
        self._words: Counter[str] = Counter()
        self._found: dict[tuple[tuple[str, ...], str], tuple[Found, ...]] = {}
        self._starts: dict[str, tuple[str, ...]] = {}
        self.moves = 0
        self.turned: dict[str, int] = {}

    def has(self, path: str) -> bool:
        """Whether there is a Python file at a path."""
        return path in self._files

    def paths(self) -> tuple[str, ...]:
        """All Python files."""
        return tuple(self._files)

    def came(self, path: str) -> int:
        """The number of the move that added a file or uncovered it from a package; 0 if there is no file."""
        return self._files.get(path, 0)

    def add(self, path: str) -> bool:
        """Add a Python file; returns whether it is new."""
        if path in self._files:
            return False
        self._move(path)
        self._files[path] = self.moves
        self._count(path, 1)
        return True

    def remove(self, path: str) -> bool:
        """Remove a Python file; returns whether it was there."""
        if path not in self._files:
            return False
        self._move(path)
        del self._files[path]
        self._count(path, -1)
        return True

    def link(self, links: FolderLinks) -> bool:
        """Find modules also by the names of linked folders; returns whether the links differ from before.

        Then all files have to be removed and added again.
        """
        if links == self.links:
            return False
        self.links, self._link_names = links, links.names()
        self._found.clear()
        self._starts.clear()
        return True

    def names_of(self, path: str) -> frozenset[str]:
        """The last parts of the names with which a file is imported."""
        name = frozenset({module_name(path)})
        return name | self.links.names_of(os.path.dirname(path)) if is_package(path) else name

    def _move(self, path: str) -> None:
        self.moves += 1
        if is_package(path):
            folder = path.removesuffix(_INIT)
            self.turned[folder] = self.moves
            if f"{folder}.py" in self._files:
                self._files[f"{folder}.py"] = self.moves

    def _count(self, path: str, by: int) -> None:
        _add(self._words, os.path.basename(path).removesuffix(".py"), by)
        for folder in upwards(os.path.dirname(path)):
            _add(self._folders, folder, by)
            if folder.startswith(f"{self._root}{os.sep}"):  # the name of the root is that of a clone
                _add(self._words, os.path.basename(folder), by)
        self._found.clear()
        self._starts.clear()

    def find(self, importer: str, dotted: str) -> tuple[Found, ...]:
        """The files that `dotted` may mean, each with the remaining names, the most likely first.

        None instead of a file means a folder without `__init__.py`. Relative names start with their dots.
        """
        found = self.find_from(importer.rpartition(os.sep)[0], dotted)
        itself = importer, tuple(dotted.split(".")[1:])
        return () if found[:1] == (itself,) and self._is_in_package(importer) else found

    def _is_in_package(self, path: str) -> bool:
        """Whether a module is in a package; there, `import celery` in `celery.py` means the library."""
        return not is_package(path) and f"{os.path.dirname(path)}{_INIT}" in self._files

    def _beside(self, here: str, dotted: str) -> tuple[Found, ...]:
        """A module in the same package: Python finds it if a file of the package is run as a program."""
        first, *rest = dotted.split(".")
        path = f"{here}{os.sep}{first}.py"
        if not first or path not in self._files or first in sys.stdlib_module_names or first in self._known:
            return ()
        return ((path, tuple(rest)),)

    def find_from(self, here: str, dotted: str) -> tuple[Found, ...]:
        """What `find` returns for files in a folder."""
        starts = (here,) if dotted.startswith(".") else self._starts_of(here)
        known = self._found.get((starts, dotted))
        if known is None:
            known = self._found[starts, dotted] = tuple(self._search(starts, dotted))
        return known or self._beside(here, dotted)

    def absolute(self, importer: str, dotted: str) -> str:
        """The name of a module for every importer: of `.b` in package `a` it is `a.b`."""
        bare = dotted.lstrip(".")
        level = len(dotted) - len(bare)
        if not level:
            return dotted
        parts = [bare] if bare else []
        for number, folder in enumerate(islice(upwards(os.path.dirname(importer)), level - 1, None)):
            if folder == self._root or (number and f"{folder}{_INIT}" not in self._files):
                break
            parts.append(os.path.basename(folder))
        return ".".join(reversed(parts))

    def is_ours(self, dotted: str) -> bool:
        """Whether a dotted name can mean a file of the folder; most imports are of third-party modules."""
        first = dotted.partition(".")[0]
        is_root = first == os.path.basename(self._root) and f"{self._root}{_INIT}" in self._files
        is_here = is_root or bool(self._words[first]) or first in self._link_names
        return not first or (first not in _LOADED_BEFORE and is_here)

    def _search(self, starts: tuple[str, ...], dotted: str) -> Iterator[Found]:
        bare = dotted.lstrip(".")
        names = tuple(name for name in bare.split(".") if name)
        if bare == dotted:
            if self.is_ours(dotted):
                for base in starts:
                    yield from self._below(base, names)
            return
        level = len(dotted) - len(bare)
        for base in islice(upwards(starts[0]), level - 1, level):
            yield from self._below(base, names)
            package = f"{base}{_INIT}"
            if package in self._files:
                yield package, names

    def _below(self, base: str, names: tuple[str, ...]) -> Iterator[Found]:
        if not names:
            return
        first = self.links.own(f"{base}{os.sep}{names[0]}")
        if not (self._folders.get(first) or f"{first}.py" in self._files):
            return
        for count in range(len(names), 0, -1):
            target = self.links.own(f"{base}{os.sep}{os.sep.join(names[:count])}")
            rest = names[count:]
            if f"{target}{_INIT}" in self._files:
                yield f"{target}{_INIT}", rest
            elif f"{target}.py" in self._files:
                yield f"{target}.py", rest
            elif not rest and self._folders.get(target):
                yield None, rest

    def _starts_of(self, here: str) -> tuple[str, ...]:
        """The same for all files of a package, so that results for one file serve all of them."""
        known = self._starts.get(here)
        if known is None:
            known = self._starts[here] = tuple(self._bases(here))
        return known

    def _bases(self, here: str) -> Iterator[str]:
        """The folders in which an absolute import may start.

        They are the folders above the importing file that are not packages.
        """
        for folder in upwards(here):
            if f"{folder}{_INIT}" not in self._files or folder == self._root:
                yield folder
            for nested in ("src", "lib"):
                if self._folders.get(below := self.links.own(f"{folder}{os.sep}{nested}")):
                    yield below
            if folder == self._root:
                return


def is_package(path: str) -> bool:
    """Whether a file is the `__init__.py` of a package."""
    return path.endswith(_INIT)


def upwards(folder: str) -> Iterator[str]:
    """A folder and the folders above it, innermost first."""
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def module_name(path: str) -> str:
    """The last part of the name with which a file is imported."""
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0]
    return os.path.basename(folder) if stem == "__init__" else stem


def _add(counts: dict[str, int], key: str, by: int) -> None:
    counts[key] = counts.get(key, 0) + by
    if not counts[key]:
        del counts[key]
