"""The facts of all files: by variable and by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any, Generic, TypeVar

from msgspec import Struct

from configvars.hardcoded_names import without_keys
from configvars.model import Definition, FileFacts, Reference, Variable
from configvars.resolve.env_places import OF_PLACES, Files
from configvars.traces import noted

_Fact = TypeVar("_Fact", Reference, Definition)


class LocatedReference(Struct, frozen=True):
    """A reference and the path of its file."""

    path: str
    reference: Reference


class LocatedDefinition(Struct, frozen=True):
    """A definition or declaration and the path of its file."""

    path: str
    definition: Definition


class _ByVariable(Generic[_Fact]):
    """Facts by variable, then by file."""

    def __init__(self) -> None:
        self._facts: dict[Variable, dict[str, list[_Fact]]] = {}

    def add(self, path: str, facts: Iterable[_Fact]) -> None:
        for fact in facts:
            self._facts.setdefault(fact.variable, {}).setdefault(path, []).append(fact)

    def remove(self, path: str, facts: Iterable[_Fact]) -> None:
        for fact in facts:
            by_path = self._facts.get(fact.variable, {})
            by_path.pop(path, None)
            if not by_path:
                self._facts.pop(fact.variable, None)

    def located(self, variable: Variable) -> Iterable[tuple[str, _Fact]]:
        return noted(self._located(variable), self._located, variable)

    def paths(self, variable: Variable) -> Set[str]:
        return noted(self._paths(variable), self._paths, variable)

    def variables(self) -> list[Variable]:
        return noted(self._variables(), self._variables)

    def _located(self, variable: Variable) -> tuple[tuple[str, _Fact], ...]:
        by_path = self._facts.get(variable)
        return tuple((path, fact) for path in sorted(by_path) for fact in by_path[path]) if by_path else ()

    def _paths(self, variable: Variable) -> frozenset[str]:
        return frozenset(self._facts.get(variable, ()))

    def _variables(self) -> list[Variable]:
        return sorted(self._facts)


class _Each(Struct):
    """The values of one attribute by path. `version` changes with any of them."""

    values: dict[str, Any]
    version: int = 0

    def update(self, path: str, value: object) -> None:
        if path not in self.values or self.values[path] != value:
            self.values[path] = value
            self.version += 1

    def remove(self, path: str) -> None:
        del self.values[path]
        self.version += 1


class Index:
    """The facts of the files of one workspace folder.

    An update costs time in proportion to that file's facts. `version` changes whenever any facts change.
    """

    def __init__(self) -> None:
        self.version = 0
        self._original: Index | None = None
        self._known: dict[str, FileFacts] = {}
        self._files = Files(self._known, self._version_now, self._version_of_places)
        self._references = _ByVariable[Reference]()
        self._definitions = _ByVariable[Definition]()
        self._each: dict[str, _Each] = {}

    def _version_now(self) -> int:
        return self.latest

    def _version_of_places(self) -> tuple[int, ...]:
        return tuple(self._each_of(attribute).version for attribute in OF_PLACES)

    @property
    def latest(self) -> int:
        """The version of the facts by now: a copy keeps its own version."""
        return self.version if self._original is None else self._original.latest

    @property
    def files(self) -> Mapping[str, FileFacts]:
        """All files by path."""
        return self._files

    def update(self, facts: FileFacts) -> bool:
        """Replace the facts of a file; returns False if they are the same as before."""
        facts = without_keys(facts)
        if self._known.get(facts.path) == facts:
            return False
        self._take_out(facts.path)
        self.version += 1
        self._known[facts.path] = facts
        for attribute, each in self._each.items():
            each.update(facts.path, getattr(facts, attribute))
        self._references.add(facts.path, facts.references)
        self._definitions.add(facts.path, facts.definitions)
        return True

    def with_files(self, more: Iterable[FileFacts]) -> Index:
        """A copy with more files, which read and set nothing. It is valid until this index changes."""
        found = Index()
        found.version, found._original = self.version, self
        found._references, found._definitions = self._references, self._definitions
        found._known.update(self._known)
        found._known.update((facts.path, facts) for facts in more)
        return found

    def remove(self, path: str) -> None:
        """Forget a file, if it is known."""
        if path in self._known:
            self.version += 1
            self._take_out(path)
            for each in self._each.values():
                each.remove(path)

    def _take_out(self, path: str) -> None:
        facts = self._known.pop(path, None)
        if facts is not None:
            self._references.remove(path, facts.references)
            self._definitions.remove(path, facts.definitions)

    def each(self, attribute: str) -> Mapping[str, Any]:
        """One attribute of the facts of all files, by path: who asks for that does not read the others."""
        each = self._each_of(attribute)
        noted(each.version, self._version_of_each, attribute)
        return each.values

    def _each_of(self, attribute: str) -> _Each:
        each = self._each.get(attribute)
        if each is None:
            values = {path: getattr(facts, attribute) for path, facts in self._known.items()}
            each = self._each[attribute] = _Each(values)
        return each

    def _version_of_each(self, attribute: str) -> int:
        return self._each[attribute].version

    def references(self, variable: Variable) -> Iterator[LocatedReference]:
        """Every reference to a variable, by path and then by place."""
        return (LocatedReference(*found) for found in self._references.located(variable))

    def definitions(self, variable: Variable) -> Iterator[LocatedDefinition]:
        """Every definition and declaration of a variable, by path and then by place."""
        return (LocatedDefinition(*found) for found in self._definitions.located(variable))

    def defining_paths(self, variable: Variable) -> Set[str]:
        """The files with a definition or declaration of a variable."""
        return self._definitions.paths(variable)

    def referenced(self) -> list[Variable]:
        """The variables that some code refers to, sorted."""
        return self._references.variables()

    def defined(self) -> list[Variable]:
        """The variables that some file defines or declares, sorted."""
        return self._definitions.variables()
