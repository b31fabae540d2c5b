"""A few milliseconds in which a signal does not end the process: it waits until the work is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = [
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if isinstance(number := getattr(signal, name, None), signal.Signals)
]


@contextmanager
def undisturbed() -> Iterator[None]:
    """While the block runs, what would end the process waits; then it is delivered as it would have been.

    In another thread than the main one, which no signal reaches, nothing is done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def later(number: int, frame: FrameType | None) -> None:
        came.append(number)

    replaced = {}
    try:
        for number in _SIGNALS:
            if (
                handler := signal.getsignal(number)
            ) is not None:  # None: not Python's, and not ours to replace
                replaced[number] = handler
                signal.signal(number, later)
        yield
    finally:
        for number, handler in replaced.items():
            signal.signal(number, handler)
        for arrived in dict.fromkeys(came):
            signal.raise_signal(arrived)
