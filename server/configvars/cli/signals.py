"""Signals that end the process are handled like Ctrl-C, so that children and temporary files are removed."""

from __future__ import annotations

import os
import signal
import sys
import threading
from _thread import interrupt_main
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_SOON = 0.01  # seconds
_NUMBERS = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None))]


@contextmanager
def ending_in_order() -> Iterator[None]:
    """While the block runs, an ending signal raises `SystemExit`; ignored signals stay ignored.

    Python ignores an exception that is raised while it runs a destructor or a callback of the garbage
    collector. If a signal arrives then, it is sent again a moment later.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _NUMBERS}
    wanted = [number for number, handler in before.items() if handler is signal.SIG_DFL]
    for number in wanted:
        signal.signal(number, _end)
    hook = sys.unraisablehook

    def ignored(args: UnraisableHookArgs) -> None:
        if isinstance(args.exc_value, KeyboardInterrupt | SystemExit):
            _again(args.exc_value)
        else:
            hook(args)

    sys.unraisablehook = ignored
    try:
        yield
    finally:
        sys.unraisablehook = hook
        for number in wanted:
            signal.signal(number, before[number])


def _end(number: int, frame: FrameType | None) -> None:
    for each in _NUMBERS:  # a second signal would interrupt the cleanup
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(128 + number)


def _again(error: KeyboardInterrupt | SystemExit) -> None:
    number = signal.SIGINT
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        number = signal.Signals(error.code - 128)
        signal.signal(number, _end)
    # An exception would be ignored here, too.
    threading.Timer(_SOON, _send, [number]).start()


def _send(number: signal.Signals) -> None:
    if sys.platform == "win32":  # `os.kill` would end the process at once
        interrupt_main(number)
    else:
        os.kill(os.getpid(), number)
