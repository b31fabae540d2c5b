"""The book of questions between files: what was asked about which file, by whom, and what was answered.

What an expression stands for is worked out once, when it is asked for. What the scan of a file has found can
grow while files are being scanned; it is heard as it is now, and `news` tells who has heard less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from configvars.names.memory import Ask, Memo, Memory

_T = TypeVar("_T")


@dataclass(slots=True)
class _Heard:
    """What a scan has found, as it was last heard, and the files that have heard it, each with its names."""

    find: Callable[[], Any]
    answer: Any
    askers: dict[str, set[str]] = field(default_factory=dict)


class Ledger:
    """The questions between the files of one folder, files by their paths."""

    def __init__(self) -> None:
        self.memory = Memory()
        self._answers: Memo[Any] = Memo()
        self._finders: dict[Ask, tuple[Callable[[], Any], Any]] = {}
        self._askers: dict[Ask, set[str]] = {}
        self._heard: dict[Ask, _Heard] = {}
        self._file: dict[Ask, str] = {}
        self._answers_about: dict[str, set[Ask]] = {}
        self._news_about: dict[str, set[Ask]] = {}
        self._asked_by: dict[str, set[Ask]] = {}
        self._heard_by: dict[str, set[Ask]] = {}

    def answer(self, asker: str, about: str, ask: Ask, find: Callable[[], _T], otherwise: _T) -> _T:
        """The answer to a question about the file `about`: the known one, else what `find` gives.

        `otherwise` stands in while the answer is being worked out.
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

    def hear(self, asker: str, word: str, about: str, ask: Ask, find: Callable[[], _T]) -> _T:
        """What the scan of the file `about` has found; `word` is the name that the asker follows."""
        heard = self._heard.get(ask)
        if heard is None:
            heard = self._heard[ask] = _Heard(find, find())
            self._news_about.setdefault(about, set()).add(ask)
            self._file[ask] = about
        self._heard_by.setdefault(asker, set()).add(ask)
        heard.askers.setdefault(asker, set()).add(word)
        return cast("_T", heard.answer)

    def news(self, about: str) -> Iterator[tuple[str, str]]:
        """Who has to look again since the scan of a file has gone on: paths, and the names it is about."""
        for ask in tuple(self._news_about.get(about, ())):
            heard = self._heard[ask]
            now = heard.find()
            if now != heard.answer:
                heard.answer = now
                yield from [(asker, word) for asker, words in heard.askers.items() for word in words]

    # ---- what changes

    def answered(self, about: str) -> dict[Ask, Any]:
        """What other files were told of the expressions in a file."""
        known = self._answers.answers
        return {ask: known[ask] for ask in self._answers_about.get(about, ()) if ask in known}

    def heard(self, about: str) -> dict[Ask, Any]:
        """What other files have heard of the scan of a file."""
        return {ask: self._heard[ask].answer for ask in self._news_about.get(about, ())}

    def is_asked_about(self, path: str) -> bool:
        """Whether another file uses an answer about a file."""
        return any(self._askers[ask] - {path} for ask in self._answers_about.get(path, ()))

    def forget_answers(self, asks: Iterable[Ask]) -> None:
        """Forget some answers: they are worked out anew when they are asked for."""
        for ask in asks:
            self._answers.drop(ask)

    def forget_resting_on(self, changed: frozenset[Ask]) -> None:
        """Forget the answers that rest on answers that have changed."""
        self._answers.forget(changed)

    def forget_asker(self, path: str) -> None:
        """A file asks nothing any more: it is gone, or asks anew."""
        for ask in self._asked_by.pop(path, ()):
            self._askers[ask].discard(path)
        for ask in self._heard_by.pop(path, ()):
            self._heard[ask].askers.pop(path, None)

    def answered_anew(self, before: Mapping[Ask, Any]) -> dict[Ask, set[str]]:
        """The questions that are answered otherwise than before, with the files that have asked them."""
        found: dict[Ask, set[str]] = {}
        for ask, answer in before.items():
            askers = self._askers.get(ask)
            if askers and self.memory.answer(self._answers, ask, *self._finders[ask]) != answer:
                found[ask] = set(askers)
        return found

    def heard_anew(self, before: Mapping[Ask, Any]) -> set[str]:
        """The files that have heard what the scans of others no longer say."""
        found: set[str] = set()
        for ask, answer in before.items():
            heard = self._heard[ask]
            heard.answer = heard.find()
            if heard.answer != answer:
                found |= heard.askers.keys()
        return found

    def circles(self, about: str) -> dict[str, set[Ask]]:
        """The questions, by file, that rest on answers about this file while these rest on them."""
        own = self._answers_about.get(about, set())
        resting: dict[Ask, set[Ask]] = {}
        waiting = [ask for ask in own if ask in self._answers.asks]
        seen = set(waiting)
        while waiting:
            ask = waiting.pop()
            for other in self._answers.asks.get(ask, ()):
                resting.setdefault(other, set()).add(ask)
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        found = _closure([ask for ask in own if ask in resting], lambda ask: resting.get(ask, ()))
        by_file: dict[str, set[Ask]] = {}
        for ask in found - own:
            by_file.setdefault(self._file[ask], set()).add(ask)
        return by_file

    def peers(self, path: str) -> set[str]:
        """The other files whose scans rest on what this one's has found while this one's rests on theirs."""
        below = _closure(self._heard_from(path), self._heard_from)
        if path not in below:
            return set()
        above = _closure(self._heard_by_whom(path), self._heard_by_whom)
        return (below & above) - {path}

    def _heard_from(self, path: str) -> set[str]:
        """The files of whose scans a file has heard that there is something."""
        return {self._file[ask] for ask in self._heard_by.get(path, ()) if self._heard[ask].answer}

    def _heard_by_whom(self, path: str) -> set[str]:
        """The files that have heard of the scan of a file that there is something."""
        heard = (self._heard[ask] for ask in self._news_about.get(path, ()))
        return {asker for one in heard if one.answer for asker in one.askers}


def _closure(start: Iterable[_T], step: Callable[[_T], Iterable[_T]]) -> set[_T]:
    """All that steps lead to from `start`, and what it starts with."""
    waiting = list(start)
    found = set(waiting)
    while waiting:
        for other in step(waiting.pop()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
