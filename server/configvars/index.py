"""The facts of all files: by variable and by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from configvars.model import Definition, FileFacts, Reference, Variable


@dataclass(frozen=True, slots=True)
class LocatedReference:
    """A reference and the file it stands in."""

    path: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class LocatedDefinition:
    """A definition or declaration and the file it stands in."""

    path: str
    definition: Definition


class Index:
    """The facts of the files of one workspace folder. Updating one file costs the facts of that file."""

    def __init__(self) -> None:
        self._files: dict[str, FileFacts] = {}
        self._referring: defaultdict[Variable, set[str]] = defaultdict(set)
        self._defining: defaultdict[Variable, set[str]] = defaultdict(set)

    @property
    def files(self) -> Mapping[str, FileFacts]:
        """All files by path."""
        return MappingProxyType(self._files)

    def update(self, facts: FileFacts) -> bool:
        """Put a file's facts in the place of its former ones; False where they say the same."""
        if self._files.get(facts.path) == facts:
            return False
        self.remove(facts.path)
        self._files[facts.path] = facts
        for reference in facts.references:
            self._referring[reference.variable].add(facts.path)
        for definition in facts.definitions:
            self._defining[definition.variable].add(facts.path)
        return True

    def remove(self, path: str) -> None:
        """Forget a file, if it is known."""
        facts = self._files.pop(path, None)
        if facts is None:
            return
        for reference in facts.references:
            self._drop(self._referring, reference.variable, path)
        for definition in facts.definitions:
            self._drop(self._defining, definition.variable, path)

    def references(self, variable: Variable) -> Iterator[LocatedReference]:
        """Every reference to a variable, by path and then by place."""
        for path in sorted(self._referring.get(variable, ())):
            for reference in self._files[path].references:
                if reference.variable == variable:
                    yield LocatedReference(path, reference)

    def definitions(self, variable: Variable) -> Iterator[LocatedDefinition]:
        """Every definition and declaration of a variable, by path and then by place."""
        for path in sorted(self._defining.get(variable, ())):
            for definition in self._files[path].definitions:
                if definition.variable == variable:
                    yield LocatedDefinition(path, definition)

    def referenced(self) -> list[Variable]:
        """The variables that some code refers to, sorted."""
        return sorted(self._referring)

    def defined(self) -> list[Variable]:
        """The variables that some file defines or declares, sorted."""
        return sorted(self._defining)

    @staticmethod
    def _drop(where: defaultdict[Variable, set[str]], variable: Variable, path: str) -> None:
        paths = where[variable]
        paths.discard(path)
        if not paths:
            del where[variable]
