"""Two calls at the same time that end together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TypeVar

from configvars.platforms.base import Cancellation

_T = TypeVar("_T")
_LOOK_SECONDS = 0.2


@contextmanager
def meanwhile(work: Callable[[Cancellation], _T], cancellation: Cancellation) -> Iterator[Callable[[], _T]]:
    """Run `work` in another thread while the block runs; the block calls what it gets to wait for the result.

    That raises the exception of `work`, if there is one. If the block raises an exception, or `cancellation`
    is cancelled, `work` is cancelled too. It has always ended afterwards.
    """
    switch = Cancellation()
    with ThreadPoolExecutor(1) as pool, cancellation.calling(switch.cancel):
        future = pool.submit(work, switch)
        try:
            yield lambda: _result(future)
        except BaseException:
            switch.cancel()
            raise


def _result(future: Future[_T]) -> _T:
    while not future.done():  # short waits, so that the main thread handles signals meanwhile
        wait([future], _LOOK_SECONDS)
    return future.result()
