"""Finds the places in a file that can read variables, without examining the others.

It starts at imported names that lead to variables (see `Leading`) and follows them: to the names they are
assigned to, the functions that return them or read with a parameter, the classes that hold them. Only
expressions with such names are evaluated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Set
from functools import partial
from typing import Any, cast

from configvars.limits import REPEATS, SUMMARIES, beyond
from configvars.names import members
from configvars.names.displays import missing
from configvars.names.evaluate import Evaluator
from configvars.names.flow import reaching
from configvars.names.learned import is_of_scan
from configvars.names.memory import Ask, Listed
from configvars.names.values import External, Value
from configvars.readers.following import Following
from configvars.readers.seeds import seeds
from configvars.readers.summaries import Failures, summarised
from configvars.readers.tables import Tables
from configvars.readers.uses import Uses
from configvars.syntax.python import Node
from configvars.text import Mark

_STEPS = ("seeds", "leaf", "site")
_SEEDS = ("seeds", "")
"""The key of the step that finds all names that lead to variables by themselves: imports and conventions."""

Key = tuple[str, object]


class Scan:
    """The candidates of one tree.

    There are three kinds of steps, each stored with the answers that it depends on: following a name that
    leads to variables from one place (a "leaf"), examining a node at which it is used (a "site"), and finding
    the names to start with. When answers change, only the steps that depend on them run again.
    """

    def __init__(self, evaluator: Evaluator, tables: Tables) -> None:
        self.evaluator = evaluator
        self.uses = Uses(evaluator, tables)
        self._failures = Failures(evaluator, self.uses.uses_at)
        self._stirred: set[Ask] = set()
        self._tables = tables
        self._words: dict[str, None] = {}
        self._nodes: dict[Key, Node] = {}
        self._sites: dict[int, Node] = {}
        self._times: Counter[Key] = Counter()
        self._again = 0
        self._words_of: dict[Key, str] = {}
        self._led: dict[Key, frozenset[Mark]] = {}
        self._done: Listed[Any] = Listed()
        self._waiting: dict[Key, None] = {_SEEDS: None}
        self._following = Following(evaluator, tables)

    def step(self) -> None:
        """Run one of the waiting steps.

        When none is left, every name that leads to variables has been followed.
        """
        key = next(iter(self._waiting))
        del self._waiting[key]
        self._done.drop(key)
        words = self.evaluator.memory.recall(self._done, key, partial(self.do, key), ())
        self._take_found(key)
        for word in words:
            self._follow_word(word)
        self._pass_on(key)

    @property
    def is_waiting(self) -> bool:
        """Whether a `step` is waiting."""
        return bool(self._waiting)

    @property
    def words(self) -> Set[str]:
        """The names that were followed."""
        return self._words.keys()

    def take_over(self, words: Set[str]) -> None:
        """Treat these names as followed, because an earlier scan of the same text followed them."""
        self._words = dict.fromkeys(words)
        self._waiting = {}

    def rules(self) -> Counter[object]:
        """What was found here, each with the results of other scans that it depends on; without positions.

        Also what depends on none: if it is lost, others may keep it alive. Two places may find the same.
        """
        steps = [key for key in cast("Iterable[Key]", self._done.answers) if key[0] in _STEPS]
        return Counter(
            (
                self._words_of.get(key),
                self._done.answers[key],
                self._led.get(key),
                self._read_at(key),
                frozenset(ask for ask in self._done.asks.get(key, ()) if is_of_scan(ask)),
            )
            for key in steps
        )

    def _read_at(self, key: Hashable) -> frozenset[object]:
        return frozenset((home, read.place) for home, read in self.evaluator.learned.given_at(key))

    def take_news(self) -> frozenset[Ask]:
        """The questions whose answers have changed since the last call."""
        stirred, self._stirred = frozenset(self._stirred), set()
        return stirred

    def forget(self, changed: Set[Ask], by: Key | None = None) -> None:
        """Queue the steps that depend on answers that have changed.

        `by` is the step of this scan that changed them, if any. Steps that trigger themselves or each other
        do not run for ever.
        """
        self._following.forget(changed)
        self.uses.forget(changed)
        self._failures.forget(changed)
        for key in cast("list[Key]", self._done.resting_on(changed)):
            if key[0] not in _STEPS:
                self._done.drop(key)
            elif by is None:
                self._waiting[key] = None
            elif key != by and self._times[key] >= REPEATS.most:
                beyond(REPEATS)
            elif key != by and self._again > SUMMARIES.most:
                beyond(SUMMARIES)
            elif key != by:
                self._times[key] += 1
                self._waiting[key] = None

    def do(self, key: Key) -> tuple[str, ...]:
        """Run one step; returns the names that must be followed because of it."""
        if key == _SEEDS:
            return tuple(seeds(self.evaluator, self._tables.interest, self._following.leads))
        find = self._following.up if key[0] == "leaf" else self._look_at
        return tuple(find(self._nodes[key]))

    def _take_found(self, key: Key) -> None:
        """Store what a step found besides names."""
        found = self._following
        self._led.pop(key, None)
        if found.led:
            self._led[key], found.led = frozenset(found.led), set()
        for node in found.touched.values():
            if node.id not in self._sites:
                self._sites[node.id] = node
                self._wait(("site", node.id), node)
        found.touched = {}

    def _follow_word(self, word: str) -> None:
        if word not in self._words:
            self._words[word] = None
            for leaf in self.evaluator.tree.words(word):
                self._words_of["leaf", leaf.id] = word
                self._wait(("leaf", leaf.id), leaf)

    def _wait(self, key: Key, node: Node) -> None:
        self._nodes[key] = node
        self._waiting[key] = None

    def _pass_on(self, key: Key) -> None:
        """Queue the steps that depend on what the step `key` has found, except itself."""
        learned = self.evaluator.learned
        if not learned.news:
            return
        news, learned.news = learned.news, set()
        self._stirred |= news
        self.forget(news, key)

    @property
    def sites(self) -> list[Node]:
        """The nodes that may contain facts, in the order of the text."""
        return sorted(self._sites.values(), key=lambda node: (node.start_byte, -node.end_byte))

    def leading_names(self) -> frozenset[str]:
        """The module-level names that lead to variables."""
        root = self.evaluator.tree.root
        return self._leading_words(("name",), lambda word: self._bound_values(word, root), of_module=True)

    def leading_members(self, node: Node) -> frozenset[str]:
        """The names of a class's attributes that lead to variables."""
        return self._leading_words(
            ("member", node.id), lambda word: members.written(self.evaluator, node, word), of_module=False
        )

    def _leading_words(
        self, key: tuple[object, ...], values: Callable[[str], list[Value]], *, of_module: bool
    ) -> frozenset[str]:
        def is_leading(word: str) -> bool:
            found = values(word)
            return any(
                self._following.leads(value) and not (of_module and self.is_passage(value)) for value in found
            )

        recall, done = self.evaluator.memory.recall, self._done
        return frozenset(
            word for word in self._words if recall(done, (*key, word), partial(is_leading, word), False)
        )

    def _bound_values(self, word: str, scope: Node) -> list[Value]:
        own = self.evaluator.scopes.in_scope(word, scope)
        return [self.evaluator.bound(binding) for binding in reaching(own, scope, scope, later=True)]

    def is_passage(self, value: Value) -> bool:
        """Whether a value is an external module that contains readers but does not read itself."""
        if not isinstance(value, External) or "()" in value.path:
            return False
        tables = self._tables
        ends = (tables.calls, tables.subscripts, tables.tests, tables.classes)
        return not any(value.path in table for table in ends) and not tables.interest.covers(
            value.path + "()"
        )

    def _look_at(self, node: Node) -> Iterator[str]:
        """Store what the functions around a candidate read with their parameters.

        Yields the names of their calls.
        """
        evaluator = self.evaluator
        uses = self.uses.uses_at(node)
        for use in uses:
            unread = missing(evaluator, [use.key.value])
            if unread is not None:
                evaluator.need(unread)
        given = list(summarised(evaluator, self.uses.uses_at, self._failures, node, uses))
        self._again += len(given) if self._times["site", node.id] else 0
        evaluator.learned.give(
            ("site", node.id), ((evaluator.home(function), read) for function, read in given)
        )
        for function in dict.fromkeys(function for function, _ in given):
            yield from self._following.callers(function)
