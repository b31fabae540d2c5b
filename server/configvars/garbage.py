"""Reduces how often Python's garbage collector runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SERVER = 50_000
"""The number of new objects after which the garbage collector runs in the server. Python's default of 700
takes an eighth of the time, although nearly all objects are needed until the end."""
COMMAND = 2_000_000
"""The same in a command, which ends soon: most folders need fewer objects. Memory grows by 3 %, the time
shrinks by 6 %."""


@contextmanager
def collecting_seldom(after: int) -> Iterator[None]:
    """Let the garbage collector run only after this number of new objects while the block runs."""
    before = gc.get_threshold()
    gc.set_threshold(after, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
