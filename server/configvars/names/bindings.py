"""The places that bind a name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import Literal

from msgspec import Struct

from configvars.limits import Hits
from configvars.syntax.python import Node

How = Literal[
    "assign",
    "augment",
    "set",
    "mutate",
    "walrus",
    "loop",
    "with",
    "import",
    "parameter",
    "def",
    "class",
    "other",
]


class Binding(Struct, frozen=True):
    """A place that binds a name. `node` is the name; `source` is the statement or clause that binds it.

    `set`: an assignment to an attribute of the object, which changes it; `mutate`: a change of the items of
    the list, set or dict. `effect` is the byte offset from which the binding is in effect.
    """

    how: How
    node: Node
    source: Node
    scope: Node
    effect: int


class Bindings(list[Binding]):
    """The bindings of one name in one scope, in order, with what was found out about them.

    `arms` are the conditional parts around each binding; `leaving` maps the ids of blocks to whether they end
    with a jump (`return`, `raise` and so on).
    """

    def __init__(
        self, found: Iterable[Binding] = (), leaving: dict[int, bool] | None = None, hits: Hits | None = None
    ) -> None:
        super().__init__(found)
        self.leaving: dict[int, bool] = {} if leaving is None else leaving
        self.hits = hits or Hits()
        self.arms: dict[int, list[tuple[Node, Node]]] = {}

    def until(self, position: int) -> Iterator[Binding]:
        """The bindings before a position, last first."""
        by_effect = self._by_effect
        return (by_effect[i] for i in range(bisect_right(by_effect, position, key=_effect) - 1, -1, -1))

    def since(self, position: int) -> Iterator[Binding]:
        """The bindings after a position, first one first."""
        return islice(self._by_effect, bisect_right(self._by_effect, position, key=_effect), None)

    @cached_property
    def _by_effect(self) -> list[Binding]:
        return sorted(self, key=_effect)


_effect = attrgetter("effect")
