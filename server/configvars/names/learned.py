"""What the scan of one file has found out about its functions and classes, and at which places."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from msgspec.structs import replace

from configvars.limits import READS, WRAPPER_CALLS, beyond
from configvars.names.memory import Ask, Memory
from configvars.names.values import ParameterRead
from configvars.text import Mark

Given = tuple[Mark, ParameterRead]
"""A function, and one of its reads."""

_KINDS = frozenset({"reads", "leads", "names", "members"})
_Places = dict[Hashable, frozenset[Mark]]
_NOWHERE: frozenset[Mark] = frozenset()
_NO_PLACE = Mark("")


class Learned:
    """What the functions of a file read with their parameters, and what in the file leads to variables.

    A read stays as long as one place adds it; what leads to variables is never removed. `news` are the
    questions whose answers have changed since somebody took them.
    """

    def __init__(self, memory: Memory) -> None:
        self.news: set[Ask] = set()
        self._memory = memory
        self._leading: set[Mark] = set()
        self._reads: dict[Mark, dict[ParameterRead, _Places]] = {}
        self._told: dict[Mark, tuple[ParameterRead, ...]] = {}
        self._given: dict[Hashable, dict[Given, frozenset[Mark]]] = {}

    def emptied(self) -> Learned:
        """The same before anything was found out."""
        return Learned(self._memory)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been found out."""
        return not (self._leading or self._reads)

    def leads(self, home: Mark) -> bool:
        """Whether a function or class is known to lead to variables."""
        self._memory.rest_on(("leads", home))
        return home in self._leading or bool(self._reads.get(home))

    def lead(self, home: Mark) -> bool:
        """Note that a function or class leads to variables; returns whether that is new."""
        if home in self._leading:
            return False
        self._leading.add(home)
        self.news.add(("leads", home))
        return True

    def reads(self, home: Mark) -> tuple[ParameterRead, ...]:
        """What a function is known to read with its parameters."""
        self._memory.rest_on(("reads", home))
        told = self._told.get(home)
        if told is None:
            found = self._reads.get(home, {}).items()
            told = self._told[home] = tuple(
                _alike_as_one(
                    replace(read, through=_NOWHERE.union(*places.values())) for read, places in found
                )
            )
        return told

    def give(self, place: Hashable, given: Iterable[Given]) -> None:
        """Replace the reads of functions that a place has added before."""
        before, now = self._given.get(place, {}), _by_read(given)
        if before == now:
            return
        for one in before.keys() - now.keys():
            self._take_back(place, *one)
        for one, through in now.items():
            if before.get(one) != through:
                self._add(place, *one, through)
        self._given[place] = now

    def given_at(self, place: Hashable) -> Iterable[Given]:
        """The reads of functions that a place has added."""
        return self._given.get(place, ())

    def _take_back(self, place: Hashable, home: Mark, read: ParameterRead) -> None:
        reads = self._reads.get(home, {})
        places = reads.get(read, {})
        if places.pop(place, None) is None:
            return
        if not places:
            del reads[read]
        self._is_new(home)

    def _add(self, place: Hashable, home: Mark, read: ParameterRead, through: frozenset[Mark]) -> None:
        reads = self._reads.setdefault(home, {})
        places = reads.get(read)
        if places is None:
            if len(reads) >= READS.most:
                beyond(READS)
                return
            places = reads[read] = {}
        elif (known := _NOWHERE.union(*places.values())) >= through or len(known) >= WRAPPER_CALLS.most:
            places[place] = through & known
            return
        places[place] = through
        self._is_new(home)

    def _is_new(self, home: Mark) -> None:
        self._told.pop(home, None)
        self.news.update((("reads", home), ("leads", home)))


def _alike_as_one(reads: Iterable[ParameterRead]) -> Iterator[ParameterRead]:
    """The reads; of those that differ only in their place, the first, with the other places on its ways.

    Otherwise functions that call each other would each have the reads of all.
    """
    alike: dict[ParameterRead, list[ParameterRead]] = {}
    for read in reads:
        kind = replace(read, place=_NO_PLACE, through=_NOWHERE)
        alike.setdefault(kind, []).append(read)
    for same in alike.values():
        if len(same) == 1:
            yield same[0]
            continue
        first = min(same, key=lambda read: read.place)
        others = {read.place for read in same} - {first.place}
        through = others.union(*(read.through for read in same))
        if len(through) > WRAPPER_CALLS.most:
            beyond(WRAPPER_CALLS)
        yield replace(first, through=frozenset(sorted(through)[: WRAPPER_CALLS.most]))


def _by_read(given: Iterable[Given]) -> dict[Given, frozenset[Mark]]:
    """The reads without duplicates, each with all calls on the ways to it."""
    found: dict[Given, frozenset[Mark]] = {}
    for home, read in given:
        one = home, replace(read, through=_NOWHERE)
        found[one] = found.get(one, _NOWHERE) | read.through
    return found


def is_of_scan(ask: Ask) -> bool:
    """Whether a question is about the results of a scan, not about the value of an expression."""
    return isinstance(ask, tuple) and len(ask) == 2 and ask[0] in _KINDS and isinstance(ask[1], Mark)
