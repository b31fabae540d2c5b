"""The questions between files: who asked what about which file, and the answers.

The value of an expression is computed once, when it is asked for. The results of a scan can grow while files
are being scanned; the current results are returned, and `news` tells which files got fewer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any, TypeVar, cast

from msgspec import Struct, field

from configvars.names.memory import Ask, Listed, Memory

_T = TypeVar("_T")
_EXACT = ("reads", "leads")
"""Kinds of answers about scans for which the scan itself notes every change."""
_NOBODY: frozenset[str] = frozenset()


class News(Struct, frozen=True):
    """The results of a scan that `asker` has used have changed; `is_less`: some of them no longer hold."""

    asker: str
    ask: Ask
    is_less: bool


class _Heard(Struct):
    """The results of a scan as last returned, and the files that got them.

    `parts` splits an answer into its elements, to tell additions from removals. The files in `waiting` got
    the answer `before`, and are told when a result is known again.
    """

    find: Callable[[], Any]
    answer: Any
    parts: Callable[[Any], Set[object]]
    askers: set[str] = field(default_factory=set)
    waiting: frozenset[str] = _NOBODY
    before: object = None

    def news(self, ask: Ask, before: object, askers: Set[str]) -> Iterator[News]:
        """The news for files that got the answer `before`."""
        if askers and self.answer != before:
            is_less = not self.parts(before) <= self.parts(self.answer)
            yield from (News(asker, ask, is_less) for asker in askers)


class Ledger:
    """The questions between the files of one folder; files are identified by path."""

    def __init__(self) -> None:
        self.memory = Memory()
        self._answers: Listed[Any] = Listed()
        self._finders: dict[Ask, tuple[Callable[[], Any], Any]] = {}
        self._askers: dict[Ask, set[str]] = {}
        self._heard: dict[Ask, _Heard] = {}
        self._file: dict[Ask, str] = {}
        self._answers_about: dict[str, set[Ask]] = {}
        self._news_about: dict[str, set[Ask]] = {}
        self._asked_by: dict[str, set[Ask]] = {}
        self._heard_by: dict[str, set[Ask]] = {}

    def answer(self, asker: str, about: str, ask: Ask, find: Callable[[], _T], otherwise: _T) -> _T:
        """The answer to a question about the file `about`: the stored one, otherwise the result of `find`.

        `otherwise` is the preliminary answer while the answer is being computed.
        """
        askers = self._askers.get(ask)
        if askers is None:
            askers = self._askers[ask] = set()
            self._answers_about.setdefault(about, set()).add(ask)
            self._finders[ask] = (find, otherwise)
            self._file[ask] = about
        if asker not in askers:
            askers.add(asker)
            self._asked_by.setdefault(asker, set()).add(ask)
        answer: _T = self.memory.answer(self._answers, ask, find, otherwise)
        return answer

    def hear(
        self, asker: str, about: str, ask: Ask, find: Callable[[], _T], parts: Callable[[_T], Set[object]]
    ) -> _T:
        """The results of the scan of the file `about`; `parts` splits an answer into its elements."""
        heard = self._heard.get(ask)
        if heard is None:
            heard = self._heard[ask] = _Heard(find, self.memory.apart(find), parts)
            self._news_about.setdefault(about, set()).add(ask)
            self._file[ask] = about
        if asker not in heard.askers:
            heard.askers.add(asker)
            self._heard_by.setdefault(asker, set()).add(ask)
        self.memory.rest_on(ask)
        return cast("_T", heard.answer)

    def news(self, about: str, certain: Set[Ask] | None) -> Iterator[News]:
        """The files that have to be scanned again because the scan of a file has continued.

        `certain` are the questions about reads and leading names whose answers have changed; None if not
        known.
        """
        for ask in tuple(self._news_about.get(about, ())):
            if certain is not None and ask not in certain and ask[0] in _EXACT:  # type: ignore[index]
                continue
            heard = self._heard[ask]
            before, heard.answer = heard.answer, self.memory.apart(heard.find)
            yield from heard.news(ask, before, heard.askers - {about})

    def hold_back_news(self, about: str, peers: Set[str]) -> None:
        """Suppress news about a file and its peers while their scans restart from scratch."""
        for ask in self._news_about.get(about, ()):
            heard = self._heard[ask]
            if not heard.waiting:
                heard.before = heard.answer
            heard.waiting |= heard.askers - peers
            heard.askers &= peers
            heard.answer = self.memory.apart(heard.find)

    def release_news(self, about: str) -> Iterator[News]:
        """End the suppression; yields the news that was held back."""
        for ask in self._news_about.get(about, ()):
            heard = self._heard[ask]
            waiting, heard.waiting = heard.waiting, _NOBODY
            before, heard.before = heard.before, None
            heard.askers |= waiting
            yield from heard.news(ask, before, waiting)

    # ---- changes

    def answered(self, about: str) -> dict[Ask, Any]:
        """The answers that other files got about expressions in a file."""
        return self._known(self._answers_about.get(about, ()))

    def _known(self, asks: Iterable[Ask]) -> dict[Ask, Any]:
        known = self._answers.answers
        return {ask: known[ask] for ask in asks if ask in known}

    def circle(self, about: str) -> dict[Ask, Any]:
        """The answers about this and other files that depend on each other."""
        own = self._answers_about.get(about, set())
        below = _closure(own, lambda ask: self._answers.asks.get(ask, ()))
        if below <= own:
            return {}
        resting = self._answers.resting_on
        others = _closure(own, lambda ask: [one for one in resting({ask}) if one in below]) - own
        return self._known(others.union(ask for ask in own if not others.isdisjoint(resting({ask}))))

    def is_asked_about(self, path: str) -> bool:
        """Whether another file uses an answer about a file."""
        return any(self._askers[ask] - {path} for ask in self._answers_about.get(path, ()))

    def forget(self, asks: Iterable[Ask]) -> None:
        """Discard answers; they are computed again on demand."""
        for ask in asks:
            self._answers.drop(ask)

    def resting_on(self, changed: Iterable[Ask]) -> dict[Ask, Any]:
        """The answers that depend on answers that have changed, directly or not."""
        changed = set(changed)
        return self._known(_closure(changed, lambda ask: self._answers.resting_on({ask})) - changed)

    def forget_asker(self, path: str) -> None:
        """Note that a file asks nothing any more: it was removed, or asks again."""
        for ask in self._asked_by.pop(path, ()):
            self._askers[ask].discard(path)
        for ask in self._heard_by.pop(path, ()):
            heard = self._heard[ask]
            heard.askers.discard(path)
            heard.waiting -= {path}

    def askers(self, asks: Iterable[Ask]) -> dict[str, set[Ask]]:
        """The files that have asked these questions, each with its questions."""
        found: dict[str, set[Ask]] = {}
        for ask in asks:
            for asker in self._askers.get(ask, ()):
                found.setdefault(asker, set()).add(ask)
        return found

    def answered_anew(self, before: Mapping[Ask, Any]) -> set[Ask]:
        """The questions whose answers differ from those in `before`, among those that some file has asked."""
        return {
            ask
            for ask, answer in before.items()
            if self._askers.get(ask) and self.memory.answer(self._answers, ask, *self._finders[ask]) != answer
        }

    def peers(self, path: str) -> set[str]:
        """The files whose scans depend on this file's scan and the other way round, including this file."""
        below = _closure(self._heard_from(path), self._heard_from)
        if path not in below:
            return set()
        return below & _closure(self._heard_by_whom(path), self._heard_by_whom)

    def _heard_from(self, path: str) -> set[str]:
        """The files about whose scans a file has got results that are not empty."""
        return {self._file[ask] for ask in self._heard_by.get(path, ()) if self._is_something(ask)} - {path}

    def _heard_by_whom(self, path: str) -> set[str]:
        """The files that have got results about a file's scan that are not empty."""
        asks = filter(self._is_something, self._news_about.get(path, ()))
        return {asker for ask in asks for asker in self._heard[ask].askers} - {path}

    def _is_something(self, ask: Ask) -> bool:
        heard = self._heard[ask]
        return bool(heard.parts(heard.answer))


def _closure(start: Iterable[_T], step: Callable[[Any], Iterable[_T]]) -> set[_T]:
    """Everything that `step` reaches from `start`, including `start`."""
    waiting = list(start)
    found = set(waiting)
    while waiting:
        for other in step(waiting.pop()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
