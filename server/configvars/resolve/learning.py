"""Which files may contain facts, according to what is known of the other files.

Repeated when more is known.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Set

from configvars.analyze import Unit
from configvars.readers.tables import Tables
from configvars.resolve.active_triggers import ActiveTriggers
from configvars.resolve.ledger import Ledger
from configvars.resolve.modules import Modules
from configvars.resolve.wanted import Wanted, needed_files


class Learning:
    """Decides which files of a folder are worth reading. `units` are those that have been read."""

    def __init__(self, units: Mapping[str, Unit], modules: Modules, ledger: Ledger, tables: Tables) -> None:
        self.keeping = ActiveTriggers(tables.conditional_triggers)
        self._units = units
        self._modules = modules
        self._ledger = ledger
        self._tables = tables
        self._wanted = Wanted(modules)
        self._needed: frozenset[str] = frozenset()
        self._unneeded: frozenset[str] = frozenset()
        self._is_without_apps = False

    def wanting(self, path: str, data: bytes) -> Generator[None, None, bool]:
        """Whether a file with these bytes may contain facts, as far as is known now; in slices."""
        if self.keeping.admits(path, data) or self._tables.triggered_by(data) or path in self._needed:
            return True
        return (yield from self._wanted.importing(path, data))

    def forget(self, path: str) -> None:
        """Note that a file was removed or cannot be read."""
        self.keeping.forget(path)
        self._wanted.forget(path)

    def learn(self, leading: Mapping[str, frozenset[str]]) -> bool:
        """Note the names that lead to variables, by file, and the questions of files."""
        before = self._needed
        kept = (path for path in before if path in self._units and self._ledger.is_asked_about(path))
        self._needed = needed_files(self._units, self._modules).union(kept)
        self._unneeded = before - self._needed
        return any([self._wanted.learn(leading), self.keeping.learn(), self._needed != before])

    def misses(self, path: str, passed_over: Set[str]) -> bool:
        """Whether the names of variables in a file depend on files that were skipped."""
        unit = self._units.get(path)
        return unit is not None and not passed_over.isdisjoint(needed_files({path: unit}, self._modules))

    def in_question(self, passed_over: Set[str]) -> Set[str]:
        """The files for which the last call of `learn` may have changed whether they are wanted."""
        if self.keeping.is_less:
            return passed_over | self._units.keys()
        new = {*self._wanted.importers_of_new(), *self.keeping.holders_of_new(), *self._needed}
        return (passed_over & new) | self._unneeded

    def can_have_apps(self, text: str) -> bool:
        """Whether a file can use Flask: some file imports it, or this one has a configuration."""
        can_have = self.keeping.may_matter(text)
        self._is_without_apps = self._is_without_apps or not can_have
        return can_have

    def finds_apps(self) -> bool:
        """Whether files that could have no app may have one now, because some file imports Flask."""
        found = self._is_without_apps and self.keeping.may_matter("")
        self._is_without_apps = self._is_without_apps and not found
        return found
