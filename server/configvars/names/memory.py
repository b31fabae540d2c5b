"""Answers that are worked out once, each remembered with the questions to other files that it rests on.

Questions can go in circles: a question asked while its own answer is being worked out gets a stand-in. What
was worked out with a stand-in holds only until the question that it stood for is answered, and is forgotten
then, so that no answer depends on which question came first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Set
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from configvars.limits import CIRCLE, QUESTIONS, beyond

_T = TypeVar("_T")
Ask = Hashable
"""A question to another file, as the program that holds the files knows it."""

_NEVER = QUESTIONS.most + 1


@dataclass(frozen=True, slots=True)
class _Pending:
    """The answer is being worked out, that many questions deep."""

    depth: int


class Memo(Generic[_T]):
    """The answers of one kind. `asks` holds what answers rest on, for those that rest on other files."""

    __slots__ = ("answers", "asks")

    def __init__(self) -> None:
        self.answers: dict[Hashable, Any] = {}
        self.asks: dict[Hashable, frozenset[Ask]] = {}

    def resting_on(self, changed: Set[Ask]) -> list[Hashable]:
        """The answers that rest on one of these questions."""
        return [key for key, asks in self.asks.items() if not changed.isdisjoint(asks)]

    def forget(self, changed: Set[Ask]) -> None:
        """Forget the answers that rest on one of these questions."""
        for key in self.resting_on(changed):
            self.drop(key)

    def keep(self, key: Hashable, asks: frozenset[Ask]) -> None:
        """Remember what an answer rests on."""
        self.asks[key] = asks

    def drop(self, key: Hashable) -> None:
        """Forget one answer."""
        self.answers.pop(key, None)
        self.asks.pop(key, None)


class Listed(Memo[_T]):
    """Answers that are listed by what they rest on: to be forgotten one by one and often."""

    __slots__ = ("_resting",)

    def __init__(self) -> None:
        super().__init__()
        self._resting: dict[Ask, dict[Hashable, None]] = {}

    def resting_on(self, changed: Set[Ask]) -> list[Hashable]:
        """The answers that rest on one of these questions."""
        return list(dict.fromkeys(key for ask in changed for key in self._resting.get(ask, ())))

    def keep(self, key: Hashable, asks: frozenset[Ask]) -> None:
        """Remember what an answer rests on."""
        self.asks[key] = asks
        for ask in asks:
            self._resting.setdefault(ask, {})[key] = None

    def drop(self, key: Hashable) -> None:
        """Forget one answer."""
        for ask in self.asks.get(key, ()):
            self._resting[ask].pop(key, None)
        super().drop(key)


class Memory:
    """What is being worked out at this moment, over all files of a program.

    An answer is `_provisional` while one that it led back to is being worked out, and `_short` where a
    question that it led to was too deep.
    """

    __slots__ = ("_asks", "_depth", "_is_short", "_lowest", "_provisional", "_short")

    def __init__(self) -> None:
        self._depth = 0
        self._lowest = _NEVER
        self._is_short = False
        self._asks: set[Ask] = set()
        self._provisional: list[tuple[Memo[Any], Hashable, Any]] = []
        self._short: list[tuple[Memo[Any], Hashable]] = []

    def answer(self, memo: Memo[_T], ask: Ask, find: Callable[[], _T], otherwise: _T) -> _T:
        """The answer to a question to another file, as `recall` gives it.

        What uses it rests on this one question, and not on what its answer rests on.
        """
        outer, self._asks = self._asks, set()
        try:
            return self.recall(memo, ask, find, otherwise)
        finally:
            self._asks = outer
            outer.add(ask)

    def rest_on(self, ask: Ask) -> None:
        """What is being worked out rests on the answer to a question."""
        self._asks.add(ask)

    def apart(self, find: Callable[[], _T]) -> _T:
        """What `find` gives; what is being worked out rests on nothing that it asks."""
        outer, self._asks = self._asks, set()
        try:
            return find()
        finally:
            self._asks = outer

    def recall(self, memo: Memo[_T], key: Hashable, find: Callable[[], _T], otherwise: _T) -> _T:
        """The answer to `key`: the remembered one, else what `find` gives.

        `otherwise` stands in for an answer that is being worked out, or that is too deep.
        """
        known = memo.answers.get(key)
        if known is not None:
            if known.__class__ is _Pending:
                self._lowest = min(self._lowest, known.depth)
                return otherwise
            if memo.asks and (asks := memo.asks.get(key)):
                self._asks |= asks
            return known  # type: ignore[no-any-return]
        depth = self._depth
        if depth > QUESTIONS.most:
            self._is_short = True
            beyond(QUESTIONS)
            return otherwise
        outer = self._lowest, self._asks, self._is_short
        marks = len(self._provisional), len(self._short)
        self._depth, self._lowest, self._asks, self._is_short = depth + 1, _NEVER, set(), False
        memo.answers[key] = _Pending(depth)
        try:
            found = find()
        except BaseException:
            memo.drop(key)
            self._depth, (self._lowest, self._asks, self._is_short) = depth, outer
            raise
        lowest, outer_asks, outer_short = outer
        memo.answers[key] = found
        if self._asks:
            memo.keep(key, frozenset(self._asks))
            outer_asks |= self._asks
        if self._lowest < depth:
            self._provisional.append((memo, key, otherwise))
            lowest = min(lowest, self._lowest)
        elif len(self._provisional) > marks[0] and self._closed(marks):
            found = memo.answers[key] = otherwise
        if self._is_short:
            self._left_short(memo, key, depth)
        self._depth, self._lowest, self._asks = depth, lowest, outer_asks
        self._is_short = outer_short or self._is_short
        return found

    def _closed(self, marks: tuple[int, int]) -> bool:
        """A circle is closed: forget the answers on it. Those of a large one are the stand-ins, for good."""
        on_it = self._provisional[marks[0] :]
        del self._provisional[marks[0] :]
        if len(on_it) <= CIRCLE.most:
            for memo, key, _ in on_it:
                if self._is_short:
                    self._short.append((memo, key))
                else:
                    memo.drop(key)
            return False
        beyond(CIRCLE)
        for memo, key, otherwise in on_it:
            memo.answers[key] = otherwise
            if self._asks:
                memo.keep(key, frozenset(self._asks))
        settled = {(id(memo), key) for memo, key, _ in on_it}
        left = [one for one in self._short[marks[1] :] if (id(one[0]), one[1]) not in settled]
        self._short[marks[1] :] = left
        self._is_short = False
        return True

    def _left_short(self, memo: Memo[Any], key: Hashable, depth: int) -> None:
        """What an answer rests on was too deep; from less far above, it may be told."""
        if depth:
            self._short.append((memo, key))
            return
        for other, short in self._short:
            other.drop(short)
        self._short.clear()
        self._is_short = False
