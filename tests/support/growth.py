"""Counted work: how the calls that something takes grow with the size of what it is given."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

# n log n grows by a little more than n; quadratic work grows by the fourfold.
_LINEAR = 2.7
_SLACK = 3000


def calls_of(work: Callable[[], object]) -> int:
    """How many functions, ours and built-in ones, are called."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def grows_too_fast(work: Callable[[int], object], size: int) -> str | None:
    """What is wrong with how work grows at n, 2n and 4n; None where it is at most n log n."""
    one, two, four = (calls_of(lambda n=n: work(n)) for n in (size, 2 * size, 4 * size))
    if four - two <= _LINEAR * max(two - one, 0) + _SLACK:
        return None
    return f"{one}, {two} and {four} calls at {size}, {2 * size} and {4 * size}"
