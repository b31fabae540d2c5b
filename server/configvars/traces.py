"""What a computation has read, so that its result can be kept until something of that changes.

While a computation runs `reading`, each function that answers a question about the folder notes the question
and the answer. Whoever asks for the result again asks these questions again first: if all answers are the
same, so is the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from msgspec import Struct

_T = TypeVar("_T")
_Question = tuple[Callable[..., Any], tuple[Any, ...]]
"""A function that notes nothing itself, and its arguments."""


class Trace:
    """The questions that a computation has asked, with the answers."""

    __slots__ = ("_answers", "_is_mixed", "fault")

    def __init__(self) -> None:
        self._answers: dict[_Question, object] = {}
        self._is_mixed = False
        self.fault: Exception | None = None

    def note(self, question: _Question, answer: object) -> None:
        """Add an answer. Another answer than before means that something changed during the computation."""
        before = self._answers.setdefault(question, answer)
        if before is not answer and before != answer:
            self._is_mixed = True

    def holds(self) -> bool:
        """Whether all questions still have the same answers."""
        try:
            return not self._is_mixed and all(
                (now := ask(*about)) is answer or now == answer
                for (ask, about), answer in self._answers.items()
            )
        except Exception as error:  # it is reported when the result is computed again
            self.fault = error
            return False


_TRACE: ContextVar[Trace | None] = ContextVar("trace", default=None)
current = _TRACE.get
"""The trace of the computation that is running, if any."""


def noted(answer: _T, ask: Callable[..., _T], *about: object) -> _T:
    """`answer`, after it was noted that `ask` gives it. `ask` must always be an equal object."""
    if (trace := _TRACE.get()) is not None:
        trace.note((ask, about), answer)
    return answer


class Noting:
    """Makes functions that answer like others, and note that; for equal functions the same one."""

    def __init__(self) -> None:
        self._made: dict[Callable[..., Any], Callable[..., Any]] = {}

    def __call__(self, ask: Callable[..., _T]) -> Callable[..., _T]:
        """A function that answers like `ask`, and notes that."""
        known = self._made.get(ask)
        if known is None:

            def known(*about: object) -> _T:
                return noted(ask(*about), ask, *about)

            self._made[ask] = known
        return known


@contextmanager
def reading(trace: Trace | None) -> Iterator[None]:
    """Note in `trace` what is read while the block runs; nothing if it is None."""
    token = _TRACE.set(trace)
    try:
        yield
    finally:
        _TRACE.reset(token)


def traced(steps: Iterator[_T], trace: Trace) -> Iterator[_T]:
    """The results of `steps`, one by one; what they read is noted in `trace`."""
    while True:
        with reading(trace):
            try:
                one = next(steps)
            except StopIteration:
                return
        yield one


class _Answer(Struct):
    """A kept result. `at` is the state of the folder in which all that `trace` contains was the same."""

    find: Callable[[], Any]
    base: object
    at: object
    trace: Trace
    value: Any


class Answers:
    """Results that are kept until something that they were computed from changes.

    `state` returns a value that differs after each change of the folder.
    """

    def __init__(self, state: Callable[[], object]) -> None:
        self._state = state
        self._known: dict[str, _Answer] = {}

    def answer(self, question: str, base: object, find: Callable[[], _T]) -> _T:
        """The result of `find`, which identifies itself by `question` and uses nothing that is not noted.

        `base` contains what it uses without a note.
        """
        known = self._known.get(question)
        if known is None or known.base != base:
            self._ask(question, base, find)
        elif _TRACE.get() is None and known.at == self._state():
            value: _T = known.value  # the usual case, in a few calls
            return value
        found: _T = noted(self._again(question), self._again, question)
        return found

    def part(self, question: str, base: object, find: Callable[[], Mapping[str, _T]], key: str) -> _T | None:
        """What the result of `find` contains for `key`: who asks for that does not read the rest."""
        self._ask(question, base, find)
        found: _T | None = noted(self._part(question, key), self._part, question, key)
        return found

    def _ask(self, question: str, base: object, find: Callable[[], Any]) -> None:
        known = self._known.get(question)
        if known is None or known.base != base:
            state = self._state()
            with reading(trace := Trace()):
                value = find()
            self._known[question] = _Answer(find, base, state, trace, value)

    def _part(self, question: str, key: str) -> Any:  # noqa: ANN401
        return self._again(question).get(key)

    def _again(self, question: str) -> Any:  # noqa: ANN401
        """The result of a question that was asked before."""
        known = self._known[question]
        now = self._state()
        if known.at != now:
            with reading(None):
                is_same = known.trace.holds()
            if not is_same:
                with reading(trace := Trace()):
                    value = known.find()
                known.trace = trace
                known.value = known.value if known.value == value else value
            known.at = now
        return known.value
