"""Divides long work into short slices, so that other requests are answered in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from itertools import count, takewhile
from typing import TypeVar

SLICE = 0.004
"""How long, in seconds, work runs before it yields."""
SOON = 0.02
"""How long, in seconds, work may run at once while a caller waits."""
_STEP = 1000  # nodes of a tree, which take some milliseconds

_T = TypeVar("_T")


def sliced(steps: Iterator[None]) -> Iterator[None]:
    """Run several steps in each slice of time."""
    while not is_over(steps, SLICE):
        yield


def in_steps(todo: Sequence[object]) -> Iterator[bool]:
    """Whether it is time to yield, as long as there is something to do."""
    return (number % _STEP == 0 for number in takewhile(lambda _: todo, count(1)))


def is_over(steps: Iterator[None], seconds: float) -> bool:
    """Run steps for this time, at least one; returns whether all steps are done."""
    until = time.monotonic() + seconds
    return all(time.monotonic() < until for _ in steps)


def finish(steps: Iterable[None]) -> None:
    """Run all steps without yielding in between."""
    for _ in steps:
        pass


def result(steps: Generator[None, None, _T]) -> _T:
    """Run all steps at once; returns their result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: _T = end.value
            return found


def aside(work: Callable[[], _T]) -> Generator[None, None, _T]:
    """Run work that cannot be divided in another thread; each step waits for it for one slice.

    Only for a function of its arguments: what other threads change meanwhile must not matter to it.
    """
    others = ThreadPoolExecutor(1, "aside")
    done = others.submit(copy_context().run, work)
    others.shutdown(wait=False)
    while not done.done():
        wait([done], SLICE)
        yield
    return done.result()


class Shared:
    """Work of which only one piece runs at a time, whoever asks for it.

    A caller that comes while a piece is running continues that first. A caller may leave at any time: the
    next one does the rest.
    """

    def __init__(self) -> None:
        self._under_way: Iterator[None] = iter(())

    def steps(self, begin: Callable[[], Iterator[None]]) -> Iterator[None]:
        """Finish the running piece, then run what `begin` returns."""
        work = None
        while work is not self._under_way:
            work = self._under_way
            yield from _each(work)
        self._under_way = begin()
        yield from _each(self._under_way)


def _each(steps: Iterator[None]) -> Iterator[None]:
    """Steps that another caller can continue."""
    for _ in steps:  # `yield from` would close the steps
        yield
