"""Which files are worth reading because they import something that leads to variables."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Mapping
from itertools import islice
from zlib import crc32

from configvars.analyze import Unit
from configvars.resolve.modules import Modules, is_package, upwards
from configvars.syntax.python_imports import Import, imports_by_name, imports_in

_ALL: frozenset[str] = frozenset()
"""Means all names of a module."""
_STAR = frozenset({"*"})
"""Means all names of a module, which become names of the importing file."""
_FORMER = 100
"""So many names that a file had before are kept: while a line is typed, they go and come back."""
_SLICE = 200  # imports
_ROOM = 509
"""The number of bits for the words that a file imports: most files have fewer than 30."""


class Wanted:
    """The names that lead to variables, by file, and who imports what.

    A file that is read unnecessarily changes no answer.
    """

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._names: dict[str, frozenset[str]] = {}
        self._new: dict[str, frozenset[str]] = {}
        self._importers: dict[str, dict[str, frozenset[str]]] = {}
        self._imported: dict[str, tuple[str, ...]] = {}
        self._asked: dict[str, tuple[int, int]] = {}
        self._early: frozenset[str] = frozenset()
        self._moves = 0
        self._by_name: set[str] = set()
        self._reading: dict[str, bytes] = {}

    def learn(self, leading: Mapping[str, frozenset[str]]) -> bool:
        """Note the names of files; returns whether they, or moved modules, make more files wanted."""
        self._new = {}
        for gone in self._names.keys() - leading.keys():
            del self._names[gone]
        for path, names in leading.items():
            known = self._names.get(path, frozenset())
            if not names <= known:
                self._new[path] = names - known
            kept = known | names
            if kept:
                self._names[path] = kept if len(kept) <= 2 * len(names) + _FORMER else names
        self._early = self._asked_too_early()
        return bool(self._new or self._early)

    def forget(self, path: str) -> None:
        """Note that a file was removed: its imports no longer count."""
        self._forget_imports(path)
        self._asked.pop(path, None)
        self._reading.pop(path, None)

    def _forget_imports(self, path: str) -> None:
        self._by_name.discard(path)
        for target in self._imported.pop(path, ()):
            importers = self._importers[target]
            del importers[path]
            if not importers:
                del self._importers[target]

    def _asked_too_early(self) -> frozenset[str]:
        """The files that were asked about before a module that they may import was at its current place."""
        before, self._moves = self._moves, self._modules.moves
        if before == self._moves and not self._new:
            return frozenset()
        came = [(self._modules.came(path), _bits(self._modules.names_of(path))) for path in self._names]
        turned = {folder: move for folder, move in self._modules.turned.items() if move > before}
        last = max((*turned.values(), *(move for move, _ in came)), default=0)
        early = frozenset(
            path
            for path, (asked, words) in self._asked.items()
            if asked < last
            and (
                any(move > asked and words & word for move, word in came)
                or any(turned.get(folder, 0) > asked for folder in upwards(path))
            )
        )
        for path in early:
            del self._asked[path]
        return early

    def importers_of_new(self) -> Iterator[str]:
        """The files that import, or may import, what was learned last, among those that were asked about."""
        yield from self._early
        for path, names in self._new.items():
            for importer, taken in self._importers.get(path, {}).items():
                if taken in (_ALL, _STAR) or not taken.isdisjoint(names):
                    yield importer
        if self._new:
            yield from self._by_name

    def importing(self, path: str, data: bytes) -> Generator[None, None, bool]:
        """Whether a file with these bytes imports a name that leads to variables, or a module with one.

        In slices. If other bytes of the file are passed meanwhile, only those are noted.
        """
        moves, self._reading[path] = self._modules.moves, data
        words, imports = yield from self._imports(path, data)
        is_wanted, is_by_name = False, imports_by_name(data)
        if self._reading.get(path) is data:
            del self._reading[path]
            self._asked[path] = moves, words
            self._moves = min(self._moves, moves)  # modules may have moved between two slices
            self._forget_imports(path)
            self._imported[path] = tuple(imports)
            for target, taken in imports.items():
                self._importers.setdefault(target, {})[path] = taken
            if is_by_name:
                self._by_name.add(path)
        for target, taken in imports.items():
            names = self._names.get(target, frozenset())
            is_wanted = is_wanted or _takes_one(path, data, taken, names)
        if is_wanted or not is_by_name:
            return is_wanted
        return any(
            any(_bytes(name) in data for name in self._modules.names_of(known)) and _is_one_in(data, names)
            for known, names in self._names.items()
        )

    def _imports(
        self, path: str, data: bytes
    ) -> Generator[None, None, tuple[int, dict[str, frozenset[str]]]]:
        """The words that a file imports (`_bits`), and the files, each with the imported names.

        The names may also be `_ALL` or `_STAR`.
        """
        found: dict[str, frozenset[str]] = {}
        here = path.rpartition(os.sep)[0]
        words = 0
        for count, one in enumerate(imports_in(data), 1):
            if count % _SLICE == 0:
                yield
            words |= _bits(_words(here, one))
            if self._modules.is_ours(one.module):
                for target, names in self._targets(here, one):
                    found[target] = _both(found.get(target, names), names)
        return words, found

    def _targets(self, here: str, one: Import) -> Iterator[tuple[str, frozenset[str]]]:
        in_package = False
        taken = _STAR if one.is_star else frozenset(one.names)
        for module in (one.module, *_parents(one)):
            for file, rest in self._modules.find_from(here, module):
                if not rest:
                    in_package = in_package or file is None or is_package(file)
                    if file is not None:
                        yield file, taken
        if in_package:
            separator = "" if one.module.endswith(".") else "."
            for name in one.names:
                for file, rest in self._modules.find_from(here, f"{one.module}{separator}{name}"):
                    if not rest and file is not None:
                        yield file, _ALL


def needed_files(units: Mapping[str, Unit], modules: Modules) -> frozenset[str]:
    """The files on which the name of a variable depends, whether they were read or not."""
    found: set[str] = set()
    for importer, unit in units.items():
        found |= unit.needed_files
        for dotted in unit.needed:
            paths = (path for path, _ in modules.find(importer, dotted) if path is not None)
            found.update(first for first in (next(paths, None),) if first is not None)
    return frozenset(found)


def _words(here: str, one: Import) -> Iterator[str]:
    """The last parts of the names of all modules that an import in a folder may mean."""
    bare = one.module.lstrip(".")
    yield from bare.split(".")
    yield from one.names
    if not bare:
        level = len(one.module)
        yield from map(os.path.basename, islice(upwards(here), level - 1, level))


def _bits(words: Iterable[str]) -> int:
    """A small set of words (a Bloom filter), which may also seem to contain other words."""
    found = 0
    for word in words:
        found |= 1 << crc32(_bytes(word)) % _ROOM
    return found


def _both(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    """What two imports of the same module take together."""
    if _STAR in (first, second):
        return _STAR
    return first | second if first and second else _ALL


def _takes_one(path: str, data: bytes, taken: frozenset[str], names: frozenset[str]) -> bool:
    """Whether an import takes one of these names.

    A file that does not contain the name can hand it on: by a star, or a package by its module.
    """
    if taken == _STAR or (not taken and is_package(path)):
        return bool(names)
    return _is_one_in(data, names & taken if taken else names)


def _is_one_in(data: bytes, names: Iterable[str]) -> bool:
    return any(_bytes(name) in data for name in names)


def _parents(one: Import) -> Iterator[str]:
    """The parent packages that `import a.b.c` binds, too."""
    if not one.names:
        parts = one.module.split(".")
        yield from (".".join(parts[:count]) for count in range(1, len(parts)) if parts[0])


def _bytes(name: str) -> bytes:
    """A name as it is written in a file; names of files may not be valid Unicode."""
    return name.encode("utf-8", "surrogateescape")
