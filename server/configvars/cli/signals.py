"""Signals that end the process are handled like Ctrl-C, so that children and temporary files are removed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_NUMBERS = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None))]


@contextmanager
def ending_in_order() -> Iterator[None]:
    """While the block runs, an ending signal raises `SystemExit`; ignored signals stay ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _NUMBERS}
    wanted = [number for number, handler in before.items() if handler is signal.SIG_DFL]
    for number in wanted:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in wanted:
            signal.signal(number, before[number])


def _end(number: int, frame: FrameType | None) -> None:
    for each in _NUMBERS:  # a second signal would interrupt the cleanup
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(128 + number)
