"""Waits for what sends no event: a file, the screen of a terminal, the opacity of a letter."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120.0
"""The longest wait in seconds, on a loaded machine."""
_PAUSE = 0.05


def until(condition: Callable[[], object], shown: Callable[[], str] = str) -> None:
    """Wait until a condition holds; otherwise fail after `PATIENCE` with the text of `shown`."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, shown()
        time.sleep(_PAUSE)
