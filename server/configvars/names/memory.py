"""Answers that are computed once, each stored with the questions to other files that it depends on.

Questions can be circular: a question that is asked while its own answer is being computed gets a preliminary
answer. What was computed from a preliminary answer holds only until that question is answered, and is then
discarded, so that no answer depends on which question came first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Set
from typing import Any, Generic, TypeVar

from msgspec import Struct

from configvars.limits import CIRCLE, QUESTIONS, SHORTENED, beyond

_T = TypeVar("_T")
Ask = Hashable
"""A question to another file, in the form that the holder of the files uses."""

_NO_ASKS: frozenset[Ask] = frozenset()
_NEVER = QUESTIONS.most + 1


class _Pending(Struct, frozen=True):
    """The answer is being computed, at this depth of questions."""

    depth: int


_PENDING = tuple(map(_Pending, range(_NEVER)))


class Memo(Generic[_T]):
    """Stored answers of one kind.

    `asks` contains the questions that an answer depends on, for answers that depend on other files.
    `shortened` is how often an answer was discarded because it was cut short.
    """

    __slots__ = ("answers", "asks", "shortened")

    def __init__(self) -> None:
        self.answers: dict[Hashable, Any] = {}
        self.asks: dict[Hashable, frozenset[Ask]] = {}
        self.shortened: dict[Hashable, int] = {}

    def resting_on(self, changed: Set[Ask]) -> list[Hashable]:
        """The keys of the answers that depend on one of these questions."""
        return [key for key, asks in self.asks.items() if not changed.isdisjoint(asks)]

    def forget(self, changed: Set[Ask]) -> None:
        """Discard the answers that depend on one of these questions."""
        for key in self.resting_on(changed):
            self.drop(key)

    def keep(self, key: Hashable, asks: frozenset[Ask]) -> None:
        """Store what an answer depends on."""
        self.asks[key] = asks

    def drop(self, key: Hashable) -> None:
        """Discard one answer."""
        self.answers.pop(key, None)
        self.asks.pop(key, None)


class Listed(Memo[_T]):
    """Answers with an index of what they depend on, for frequent removal of single answers."""

    __slots__ = ("_resting",)

    def __init__(self) -> None:
        super().__init__()
        self._resting: dict[Ask, dict[Hashable, None]] = {}

    def resting_on(self, changed: Set[Ask]) -> list[Hashable]:
        """The keys of the answers that depend on one of these questions."""
        return list(dict.fromkeys(key for ask in changed for key in self._resting.get(ask, ())))

    def keep(self, key: Hashable, asks: frozenset[Ask]) -> None:
        """Store what an answer depends on."""
        self.asks[key] = asks
        for ask in asks:
            self._resting.setdefault(ask, {})[key] = None

    def drop(self, key: Hashable) -> None:
        """Discard one answer."""
        for ask in self.asks.get(key, ()):
            self._resting[ask].pop(key, None)
        super().drop(key)


class Memory:
    """The answers that are being computed at this moment, for all files.

    An answer is `_provisional` while another answer in the same circle is being computed, and `_short` if a
    question it led to was nested too deeply.
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
        """The answer to a question to another file, computed as by `recall`.

        The answer being computed then depends on this one question, not on what its answer depends on.
        """
        outer, self._asks = self._asks, set()
        try:
            return self.recall(memo, ask, find, otherwise)
        finally:
            self._asks = outer
            self.rest_on(ask)

    def rest_on(self, ask: Ask) -> None:
        """Note that the answer being computed, if there is one, depends on the answer to a question."""
        if self._depth:
            self._asks.add(ask)

    def apart(self, find: Callable[[], _T]) -> _T:
        """The result of `find`, without making the answer being computed depend on what `find` asks."""
        outer, self._asks = self._asks, set()
        try:
            return find()
        finally:
            self._asks = outer

    def recall(self, memo: Memo[_T], key: Hashable, find: Callable[[], _T], otherwise: _T) -> _T:
        """The answer to `key`: the stored one, otherwise the result of `find`.

        `otherwise` is the preliminary answer if the answer is being computed, or is nested too deeply.
        """
        known = memo.answers.get(key)
        if known is not None:
            if known.__class__ is _Pending:
                self._lowest = min(self._lowest, known.depth)
                return otherwise
            if self._depth and memo.asks and (asks := memo.asks.get(key)):
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
        memo.answers[key] = _PENDING[depth]
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
            outer_asks |= self._asks if depth else _NO_ASKS
        if self._lowest < depth:
            self._provisional.append((memo, key, otherwise))
            lowest = min(lowest, self._lowest)
        elif len(self._provisional) > marks[0] and self._closed(marks):
            found = memo.answers[key] = otherwise
        if self._is_short:
            self._left_short(memo, key, depth)
        self._depth, self._lowest, self._asks = depth, lowest, outer_asks if depth else set()
        self._is_short = outer_short or self._is_short
        return found

    def _closed(self, marks: tuple[int, int]) -> bool:
        """End a circle: discard the answers in it. In a large circle the preliminary answers become final."""
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
        """Note that an answer was cut short by its depth; asked at a smaller depth, it may be complete."""
        if depth:
            self._short.append((memo, key))
            return
        for other, short in self._short:
            times = other.shortened.get(short, 0)
            if times < SHORTENED.most:
                other.shortened[short] = times + 1
                other.drop(short)
        self._short.clear()
        self._is_short = False
