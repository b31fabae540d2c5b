"""Long work in short slices, so that others come in between."""

from __future__ import annotations

import time
from collections.abc import Iterator

SLICE = 0.004
"""How long, in seconds, work goes on before it lets others in."""


def sliced(steps: Iterator[None]) -> Iterator[None]:
    """Run steps together until a slice of time is used up, again and again."""
    until = time.monotonic() + SLICE
    for _ in steps:
        if time.monotonic() >= until:
            yield
            until = time.monotonic() + SLICE


def finish(steps: Iterator[None]) -> None:
    """Run all steps at once."""
    for _ in steps:
        pass
