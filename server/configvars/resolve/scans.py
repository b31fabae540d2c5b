"""Runs the scans of the files of one folder until none of them finds more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Set

from configvars.analyze import Unit
from configvars.names.memory import Ask
from configvars.resolve.ledger import Ledger, News
from configvars.resolve.modules import Found
from configvars.resolve.order import imported, imported_first


class Scans:
    """Which files have to be scanned, fully or in part.

    If a scan gets more results of other scans than before, the steps that depend on them run again. If it may
    get fewer, it restarts from scratch. Scans that depend on each other could keep each other's outdated
    results alive: if one of them may have lost something, all of them restart together.
    """

    def __init__(
        self, units: Mapping[str, Unit], ledger: Ledger, find: Callable[[str, str], tuple[Found, ...]]
    ) -> None:
        self._units = units
        self._ledger = ledger
        self._find = find
        self._new: dict[str, None] = {}
        self._long: set[str] = set()
        self._waiting: dict[str, None] = {}
        self._rules: dict[str, Counter[object]] = {}
        self._less: set[str] = set()
        self._started: set[str] = set()
        self._silent: set[str] = set()

    def add(self, path: str) -> None:
        """Note that a file has to be scanned."""
        self._new[path] = None
        (self._long.add if self._units[path].is_long else self._long.discard)(path)

    def leave(self, path: str) -> None:
        """Note that the results of a file's scan no longer hold."""
        self._keep_rules(path)
        self._waiting[path] = None

    def doubt(self, path: str, asks: Set[Ask], *, is_less: bool) -> None:
        """Queue the steps of a file that depend on some answers.

        All its steps if there may be fewer results.
        """
        if path not in self._units:
            return
        self._units[path].doubt(asks)
        if is_less and path not in self._new:
            self._keep_rules(path)
            self._units[path].rescan()
        self._waiting[path] = None

    def run_new(self) -> Iterator[str | None]:
        """Scan the files that were not scanned before, in slices; yields the path of each finished file."""
        for path in self._in_order([path for path in self._new if path not in self._waiting]):
            if self._new.pop(path, path) is None and (yield from self._scan(path)):
                yield path

    def is_due(self, path: str) -> bool:
        """Whether a file was not scanned yet, or has to be scanned again."""
        return path in self._new or path in self._waiting

    def run(self) -> Iterator[str | None]:
        """Scan what has to be scanned, in slices; yields the path of each finished file."""
        self._waiting.update(dict.fromkeys(self._in_order(self._new)))
        self._new = {}
        while self._waiting or self._silent:
            while self._waiting:
                path = next(iter(self._waiting))
                del self._waiting[path]
                if not (yield from self._scan(path)):
                    continue
                if self._may_have_lost(path) and path not in self._started:
                    self._start_anew(self._ledger.peers(path) & self._units.keys())
                yield path
            silent, self._silent = self._silent, set()
            for path in silent:
                self._tell(self._ledger.release_news(path))
        self._started = set()

    def _scan(self, path: str) -> Generator[None, None, bool]:
        """Scan a file; returns False if it was changed or removed meanwhile."""
        unit = self._units.get(path)
        if unit is None:
            self._tell(self._ledger.news(path, None))
            return True
        try:
            yield from self._opening_long(unit)
            is_new = yield from unit.running()
        except Exception as error:  # a defect here must not affect the other files
            unit.fault, is_new = error, True
        if self._units.get(path) is not unit:
            return False
        if is_new:
            self._tell(self._ledger.news(path, unit.news()))
        return True

    def _opening_long(self, unit: Unit) -> Iterator[None]:
        """Parse long files that a file imports, in slices; its questions about them would do it at once."""
        long = {path: self._units[path].text for path in self._long if path in self._units}
        for path in imported(unit.path, {**long, unit.path: unit.text}, self._find) if long else ():
            if path in self._units:
                yield from self._units[path].opening()

    def _tell(self, news: Iterable[News]) -> None:
        for one in list(news):
            self.doubt(one.asker, {one.ask}, is_less=one.is_less)
            if one.is_less:
                self._less.add(one.asker)

    def _keep_rules(self, path: str) -> None:
        """Store the results of a file's scan, if they may depend on other scans that depend on it."""
        if path in self._units and path not in self._rules and self._ledger.peers(path):
            self._rules[path] = self._units[path].rules()

    def _may_have_lost(self, path: str) -> bool:
        """Whether an earlier result of a file's scan may have been the only cause of a result it has now."""
        before = self._rules.pop(path, None)
        if path in self._less:
            self._less.discard(path)
            return True
        return before is not None and path in self._units and not before <= self._units[path].rules()

    def _start_anew(self, peers: Set[str]) -> None:
        """Restart the scans of files that depend on each other, as if none had found anything."""
        for peer in peers:
            self._units[peer].rescan()
            self._rules.pop(peer, None)
        for peer in sorted(peers):
            self._ledger.hold_back_news(peer, peers)
            self._waiting[peer] = None
        self._silent |= peers
        self._started |= peers

    def _in_order(self, paths: Iterable[str]) -> list[str]:
        texts = {path: self._units[path].text for path in paths if path in self._units}
        return list(texts) if len(texts) < 2 else imported_first(texts, self._find)
