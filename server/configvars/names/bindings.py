"""The places that give a name a meaning."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import Literal

from configvars.limits import Hits
from configvars.syntax.python import Node

How = Literal[
    "assign", "augment", "set", "walrus", "loop", "with", "import", "parameter", "def", "class", "other"
]


@dataclass(frozen=True, slots=True)
class Binding:
    """A place that gives a name a meaning. `node` is the name; `source` the statement or clause that does it.

    `set` is an assignment to an attribute of what the name means, which changes that.

    `effect` is the byte offset from which the name has this meaning.
    """

    how: How
    node: Node
    source: Node
    scope: Node
    effect: int


class Bindings(list[Binding]):
    """The bindings of one name in one scope, in order, and what was found out about them.

    `arms` are the conditional parts around each; `leaving` tells of blocks whether they end by leaving.
    """

    def __init__(
        self, found: Iterable[Binding] = (), leaving: dict[int, bool] | None = None, hits: Hits | None = None
    ) -> None:
        super().__init__(found)
        self.leaving: dict[int, bool] = {} if leaving is None else leaving
        self.hits = hits or Hits()
        self.arms: dict[int, list[tuple[Node, Node]]] = {}

    def until(self, position: int) -> Iterator[Binding]:
        """Those that have happened before a position, the latest first."""
        by_effect = self._by_effect
        return (by_effect[i] for i in range(bisect_right(by_effect, position, key=_effect) - 1, -1, -1))

    def since(self, position: int) -> Iterator[Binding]:
        """Those that happen behind a position, the first first."""
        return islice(self._by_effect, bisect_right(self._by_effect, position, key=_effect), None)

    @cached_property
    def _by_effect(self) -> list[Binding]:
        # As a stable sort from the last to the first would have it, of which this is the reverse.
        return sorted(self, key=_effect, reverse=True)[::-1]


_effect = attrgetter("effect")
