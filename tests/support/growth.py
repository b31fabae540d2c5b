"""Counts function calls to measure how work grows with the size of its input."""

from __future__ import annotations

import cProfile
from collections.abc import Callable

# n log n grows by a little more than n, quadratic work by a factor of four
_LINEAR = 2.7
_SLACK = 3000


def calls_of(work: Callable[[], object]) -> int:
    """How many functions, Python's and built-in ones, are called."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def is_too_fast(one: int, two: int, four: int) -> bool:
    """Whether work grows faster than n log n, given the numbers of calls for n, 2n and 4n.

    If a limit makes the work at 2n smaller than at n, what is left must be linear.
    """
    step = two - one if two >= one else two // 2
    return four - two > _LINEAR * step + _SLACK


def grows_too_fast(work: Callable[[int], object], size: int, most: int | None = None) -> str | None:
    """A message with the numbers of calls for n, 2n and 4n if they grow too fast; None if at most as n log n.

    Work that explodes until a limit stops it looks linear beyond the limit, so `most` limits the calls for
    4n.
    """
    work(1)  # whatever is loaded only once, for any size
    one, two, four = (calls_of(lambda n=n: work(n)) for n in (size, 2 * size, 4 * size))  # type: ignore[misc]
    if not is_too_fast(one, two, four) and (most is None or four <= most):
        return None
    return f"{one}, {two} and {four} calls at {size}, {2 * size} and {4 * size}"
