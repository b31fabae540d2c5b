"""The questions that the files of one folder can ask each other; see `names.elsewhere.Elsewhere`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from enum import Enum
from typing import TypeVar

from configvars.analyze import Unit
from configvars.names import endings, exported
from configvars.names.declared import Declared
from configvars.names.item_uses import NOT_KNOWN, ItemUses
from configvars.names.members import NONE, Own
from configvars.names.memory import Memory
from configvars.names.values import UNKNOWN, Class, Function, Missing, Module, ParameterRead, Value
from configvars.resolve.ledger import Ledger
from configvars.resolve.modules import Modules, is_package, module_name
from configvars.text import Mark

_T = TypeVar("_T")
_UNKNOWN: Value = UNKNOWN
_NONE: tuple[str, ...] = ()
_NO_NAMES: frozenset[str] = frozenset()


class _Absent(Enum):
    """The answer that a file has no such name."""

    NAME = "absent"


class Questions:
    """The questions between the files of one folder, whose `units` are those that have been read."""

    def __init__(self, units: Mapping[str, Unit], modules: Modules, ledger: Ledger) -> None:
        self._units = units
        self._modules = modules
        self._ledger = ledger
        self._looked_up: dict[str, dict[str, object]] = {}

    @property
    def memory(self) -> Memory:
        """The answers that are being computed, for all files."""
        return self._ledger.memory

    # ---- names of modules

    def lookup(self, asker: str, dotted: str) -> Value | None:
        """See `Elsewhere`."""
        found = self._modules.find(asker, dotted)
        self._looked_up.setdefault(asker, {})[dotted] = found
        for path, rest in found:
            if path == asker and (rest or not is_package(path)):
                continue
            if not rest:
                return self._instead_of(asker, path) or Module(self._modules.absolute(asker, dotted), path)
            if path is None:
                continue
            value = self._name(asker, path, rest[0], dotted)
            if len(rest) == 1:
                return value
            if isinstance(value, Missing):
                return Missing(dotted, path)
        return None

    def is_known(self, asker: str, module: str) -> bool:
        """See `Elsewhere`."""
        found = self._modules.find(asker, module)
        self._looked_up.setdefault(asker, {})[module] = found
        return bool(found)

    def is_found_anew(self, path: str) -> bool:
        """Whether a name that a file has looked up is now found in other files than before."""
        looked_up = self._looked_up.get(path, {})
        return any(self._modules.find(path, dotted) != found for dotted, found in looked_up.items())

    def forget_lookups(self, path: str) -> None:
        """Note that a file asks again, or no more."""
        self._looked_up.pop(path, None)

    def _instead_of(self, asker: str, path: str | None) -> Value | None:
        """The value that a package binds to the name of its module at `path`: `from .app import app`."""
        if path is None:
            return None
        folder, name = os.path.split(path)
        package = os.path.join(os.path.dirname(folder) if name == "__init__.py" else folder, "__init__.py")
        if package == asker or not self._modules.has(package):
            return None
        value = self._own_name(asker, package, module_name(path))
        return None if isinstance(value, Module | Missing) or value == UNKNOWN else value

    def _name(self, asker: str, path: str, name: str, dotted: str) -> Value:
        """The value of a module-level name of a file, including names imported with a star."""
        for file in self._with_stars(asker, path, name):
            value = self._own_name(asker, file, name)
            if value is not None:
                return Missing(dotted, file) if isinstance(value, Missing) and not value.dotted else value
        return UNKNOWN

    def _own_name(self, asker: str, path: str, name: str) -> Value | None:
        def find() -> Value | _Absent:
            unit = self._units.get(path)
            if unit is None:
                return Missing("")
            value = _of_unit(unit, lambda known: exported.export(known.evaluator, name), None)
            return value or _Absent.NAME

        unknown: Value | _Absent = UNKNOWN
        found = self._ledger.answer(asker, path, ("name", path, name), find, unknown)
        return None if isinstance(found, _Absent) else found

    def hands_on(self, asker: str, module: str, name: str) -> bool:
        """See `Elsewhere`."""
        found = self._modules.find(asker, module)
        self._looked_up.setdefault(asker, {})[module] = found
        files = [path for path, rest in found if not rest and path is not None]
        return len(files) < max(1, len(found)) or any(self._gives(asker, file, name) for file in files)

    def _gives(self, asker: str, path: str, name: str) -> bool:
        """Whether `from … import *` of a file imports a name."""

        def find() -> bool:
            return self._found(Mark(path), lambda unit: exported.hands_on(unit.evaluator, name), True)

        return self._ledger.answer(asker, path, ("star", path, name), find, True)

    def _with_stars(self, asker: str, path: str, name: str | None = None) -> Iterator[str]:
        """A file, and those from which it imports all names, directly or not; the most likely first.

        `name`: only files that export this name.
        """
        seen: set[str] = set()
        waiting = [path]
        while waiting:
            file = waiting.pop()
            if file not in seen:
                yield file
                seen.add(file)
                above = self._star_files(asker, file)
                waiting.extend(
                    other for other in reversed(above) if name is None or self._gives(asker, other, name)
                )

    def _star_files(self, asker: str, path: str) -> tuple[str, ...]:
        def find() -> tuple[str, ...]:
            unit = self._units.get(path)
            return _NONE if unit is None else tuple(self._modules_of(path, unit.stars))

        return self._ledger.answer(asker, path, ("stars", path), find, _NONE)

    def _modules_of(self, path: str, dotted: Iterable[str]) -> Iterator[str]:
        for module in dotted:
            first = next((file for file, rest in self._modules.find(path, module) if not rest), None)
            if first is not None and first != path:
                yield first

    # ---- functions and classes

    def member(self, asker: str, cls: Class, name: str, of_instance: bool) -> Value:
        """See `Elsewhere`."""

        def find(unit: Unit) -> Value:
            return exported.member(unit.evaluator, cls, name, of_instance)

        return self._of(asker, cls.home, ("member", name, of_instance), find, _UNKNOWN)

    def own(self, asker: str, cls: Class, name: str) -> Own:
        """See `Elsewhere`."""

        def find(unit: Unit) -> Own:
            return exported.own(unit.evaluator, cls, name)

        return self._of(asker, cls.home, ("own", name), find, NONE)

    def returned(self, asker: str, function: Mark) -> Value:
        """See `Elsewhere`."""
        return self._of(
            asker, function, ("returned",), lambda u: exported.returned(u.evaluator, function), _UNKNOWN
        )

    def ends(self, asker: str, function: Mark) -> bool:
        """See `Elsewhere`."""
        return self._of(
            asker, function, ("ends",), lambda u: endings.ends(u.evaluator, Function(function)), False
        )

    def bases(self, asker: str, cls: Class) -> tuple[Value, ...]:
        """See `Elsewhere`."""
        return self._of(asker, cls.home, ("bases",), lambda u: exported.bases(u.evaluator, cls), ())

    def keywords(self, asker: str, cls: Class) -> tuple[tuple[str, Value], ...]:
        """See `Elsewhere`."""
        return self._of(asker, cls.home, ("keywords",), lambda u: exported.keywords(u.evaluator, cls), ())

    def declared(self, asker: str, cls: Class) -> tuple[Declared, ...]:
        """See `Elsewhere`."""
        return self._of(asker, cls.home, ("declared",), lambda u: exported.declared(u.evaluator, cls), ())

    def item_uses(self, asker: str, function: Mark, parameter: str) -> ItemUses:
        """See `Elsewhere`."""

        def find(unit: Unit) -> ItemUses:
            return exported.item_uses(unit.evaluator, function, parameter)

        return self._of(asker, function, ("items", parameter), find, NOT_KNOWN)

    def _of(
        self, asker: str, home: Mark, ask: tuple[object, ...], find: Callable[[Unit], _T], otherwise: _T
    ) -> _T:
        return self._ledger.answer(
            asker, home.path, (home, *ask), lambda: self._found(home, find, otherwise), otherwise
        )

    # ---- what scans have found

    def reads(self, asker: str, function: Mark) -> tuple[ParameterRead, ...]:
        """See `Elsewhere`."""
        nothing: tuple[ParameterRead, ...] = ()
        return self._hear(
            asker, function, "reads", lambda unit: exported.reads(unit.evaluator, function), nothing, _places
        )

    def leads(self, asker: str, home: Mark) -> bool:
        """See `Elsewhere`."""
        return self._hear(asker, home, "leads", lambda unit: unit.leads(home), False, _if_so)

    def leading_members(self, asker: str, cls: Class) -> frozenset[str]:
        """See `Elsewhere`."""
        return self._hear(
            asker, cls.home, "members", lambda unit: unit.leading_members(cls.home), _NO_NAMES, frozenset
        )

    def leading_names(self, asker: str, path: str) -> frozenset[str]:
        """See `Elsewhere`."""
        files = map(Mark, self._with_stars(asker, path))
        found = (self._hear(asker, file, "names", Unit.leading_names, _NO_NAMES, frozenset) for file in files)
        return _NO_NAMES.union(*found)

    def _hear(
        self,
        asker: str,
        home: Mark,
        kind: str,
        find: Callable[[Unit], _T],
        nothing: _T,
        parts: Callable[[_T], Set[object]],
    ) -> _T:
        def now() -> _T:
            return self._found(home, find, nothing)

        return self._ledger.hear(asker, home.path, (kind, home), now, parts)

    def _found(self, home: Mark, find: Callable[[Unit], _T], nothing: _T) -> _T:
        unit = self._units.get(home.path)
        return nothing if unit is None else _of_unit(unit, find, nothing)


def _of_unit(unit: Unit, find: Callable[[Unit], _T], otherwise: _T) -> _T:
    """The answer of a file; an exception in answering is that file's, not the asking file's."""
    try:
        return find(unit)
    except Exception as error:
        unit.fault = error
        return otherwise


def _places(reads: tuple[ParameterRead, ...]) -> Set[object]:
    return {read.place for read in reads}


def _if_so(answer: bool) -> Set[object]:
    return {answer} - {False}
