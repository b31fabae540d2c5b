"""The method resolution order of classes, as Python computes it (C3)."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from itertools import islice

from configvars.flask_model import ConfigObject
from configvars.limits import LINEAGE
from configvars.text import Mark


class Lineages:
    """The orders of the classes of a folder, each computed once."""

    def __init__(self, objects: Mapping[Mark, ConfigObject]) -> None:
        self._objects = objects
        self._known: dict[Mark, tuple[Mark, ...]] = {}

    def of(self, home: Mark) -> tuple[Mark, ...]:
        """A class and its base classes, nearest first; depth first if there is no C3 order."""
        waiting = [home]
        above: dict[Mark, list[Mark]] = {}
        while waiting:
            place = waiting[-1]
            if place in self._known or place not in self._objects:
                waiting.pop()
            elif place not in above:
                above[place] = self._bases(place)
                waiting += [base for base in above[place] if base not in above]
            else:
                waiting.pop()
                self._known[place] = self._order(place, above[place])
        return self._known.get(home, ())

    def _bases(self, home: Mark) -> list[Mark]:
        bases = (base for base in self._objects[home].bases if isinstance(base, Mark))
        return [base for base in dict.fromkeys(bases) if base in self._objects]

    def _order(self, home: Mark, bases: list[Mark]) -> tuple[Mark, ...]:
        lines = [self._known.get(base, ()) for base in bases]
        merged = _merged([deque(line) for line in (*lines, bases) if line])
        return (home, *(place for place in islice(merged, LINEAGE.most) if place != home))


def _merged(waiting: list[deque[Mark]]) -> Iterator[Mark]:
    """The C3 merge of several orders."""
    behind = Counter(place for line in waiting for place in islice(line, 1, None))
    given: set[Mark] = set()
    while waiting:
        head = next((line[0] for line in waiting if not behind[line[0]]), waiting[0][0])
        yield head
        given.add(head)
        for line in waiting:
            while line and line[0] in given:
                line.popleft()
                behind.subtract(islice(line, 1))
        waiting = [line for line in waiting if line]
