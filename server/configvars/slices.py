"""Long work in short slices, so that others come in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TypeVar

SLICE = 0.004
"""How long, in seconds, work goes on before it lets others in."""
SOON = 0.02
"""How long, in seconds, work may take that is waited for at once."""

_T = TypeVar("_T")


def sliced(steps: Iterator[None]) -> Iterator[None]:
    """Run steps together until a slice of time is used up, again and again."""
    while not is_over(steps, SLICE):
        yield


def is_over(steps: Iterator[None], seconds: float) -> bool:
    """Run steps until so much time is used up, at least one; whether they came to their end."""
    until = time.monotonic() + seconds
    return all(time.monotonic() < until for _ in steps)


def finish(steps: Iterable[None]) -> None:
    """Run all steps at once."""
    for _ in steps:
        pass


def result(steps: Generator[None, None, _T]) -> _T:
    """Run all steps at once; what they give in the end."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: _T = end.value
            return found


class Shared:
    """Work of which only one piece is under way at a time, whoever asks for it.

    Who comes while one is under way goes on with that first. Anybody may stop at any time: what is left is
    done by the next who comes.
    """

    def __init__(self) -> None:
        self._under_way: Iterator[None] = iter(())

    def steps(self, begin: Callable[[], Iterator[None]]) -> Iterator[None]:
        """Do what is under way, then what `begin` begins."""
        work = None
        while work is not self._under_way:
            work = self._under_way
            yield from _each(work)
        self._under_way = begin()
        yield from _each(self._under_way)


def _each(steps: Iterator[None]) -> Iterator[None]:
    """Steps that others may go on with when these are left."""
    for _ in steps:  # `yield from` would close them
        yield
