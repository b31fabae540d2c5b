"""Delaying signals that end the process for a few milliseconds, until a piece of work is done."""

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
def delayed_signals() -> Iterator[None]:
    """While the block runs, signals that end the process are delayed; then they are delivered as usual.

    Has no effect in threads other than the main thread, which receive no signals.
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
            ) is not None:  # None: the handler was not set by Python and cannot be restored
                replaced[number] = handler
                signal.signal(number, later)
        yield
    finally:
        for number, handler in replaced.items():
            signal.signal(number, handler)
        for arrived in dict.fromkeys(came):
            signal.raise_signal(arrived)
