"""Counted work: how the calls that something takes grow with the size of what it is given."""

from __future__ import annotations

import cProfile
from collections.abc import Callable

# n log n grows by a little more than n; quadratic work grows by the fourfold.
_LINEAR = 2.7
_SLACK = 3000


def calls_of(work: Callable[[], object]) -> int:
    """How many functions, ours and built-in ones, are called."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def is_too_fast(one: int, two: int, four: int) -> bool:
    """Whether work grows faster than n log n, given how much of it there is at n, 2n and 4n."""
    return four - two > _LINEAR * max(two - one, 0) + _SLACK


def grows_too_fast(work: Callable[[int], object], size: int, most: int | None = None) -> str | None:
    """What is wrong with how work grows at n, 2n and 4n; None where it is at most n log n.

    What grows like an explosion up to a limit is linear behind it: `most` are the calls allowed at 4n.
    """
    work(1)  # what is loaded once, whatever the size
    one, two, four = (calls_of(lambda n=n: work(n)) for n in (size, 2 * size, 4 * size))  # type: ignore[misc]
    if not is_too_fast(one, two, four) and (most is None or four <= most):
        return None
    return f"{one}, {two} and {four} calls at {size}, {2 * size} and {4 * size}"
