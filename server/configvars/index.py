"""The facts of all files: by variable and by place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Generic, TypeVar

from msgspec import Struct

from configvars.hardcoded_names import without_keys
from configvars.model import Definition, FileFacts, Reference, Variable
from configvars.resolve.env_places import Files

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

    def located(self, variable: Variable) -> Iterator[tuple[str, _Fact]]:
        for path, facts in sorted(self._facts.get(variable, {}).items()):
            yield from ((path, fact) for fact in facts)

    def paths(self, variable: Variable) -> Set[str]:
        return self._facts.get(variable, {}).keys()

    def variables(self) -> list[Variable]:
        return sorted(self._facts)


class Index:
    """The facts of the files of one workspace folder.

    An update costs time in proportion to that file's facts. `version` changes whenever any facts change.
    """

    def __init__(self) -> None:
        self.version = 0
        self._original: Index | None = None
        self._files = Files()
        self._references = _ByVariable[Reference]()
        self._definitions = _ByVariable[Definition]()

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
        if self._files.get(facts.path) == facts:
            return False
        self.remove(facts.path)
        self.version += 1
        self._files.places = {}
        self._files[facts.path] = facts
        self._references.add(facts.path, facts.references)
        self._definitions.add(facts.path, facts.definitions)
        return True

    def with_files(self, more: Iterable[FileFacts]) -> Index:
        """A copy with more files, which read and set nothing. It is valid until this index changes."""
        found = Index()
        found.version, found._original = self.version, self
        found._references, found._definitions = self._references, self._definitions
        found._files.update(self._files)
        found._files.update((facts.path, facts) for facts in more)
        return found

    def remove(self, path: str) -> None:
        """Forget a file, if it is known."""
        facts = self._files.pop(path, None)
        if facts is not None:
            self.version += 1
            self._files.places = {}
            self._references.remove(path, facts.references)
            self._definitions.remove(path, facts.definitions)

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
