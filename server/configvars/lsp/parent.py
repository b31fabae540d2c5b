"""Detects that the editor that started this process has ended, and then ends this process, whatever it does.

Usually stdin ends then, but not if another process still has the pipe open.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable

_LARGEST = 2**31 - 1  # of LSP's type `integer`, and of process ids on POSIX
_POLL = 0.5  # seconds
_GRACE = 3.0  # seconds to shut down in order
_AFTER_STDIN = 30.0  # the same after stdin ended, when unhandled messages may be left


def watch(process_id: int, gone: Callable[[], None], over: threading.Event) -> None:
    """Call `gone` (in another thread) soon after a process ends; end this one if that was not enough.

    Once `over` is set, the watching stops. A number that is no process id is ignored.
    """
    if not 0 < process_id <= _LARGEST:
        return

    def run() -> None:
        _wait(process_id, over)
        if over.is_set():
            return
        gone()
        _end_after(_GRACE)

    threading.Thread(target=run, daemon=True, name="parent").start()


def end_in_time() -> None:
    """End this process after a while if it has not ended by itself, because nobody else will."""
    threading.Thread(target=_end_after, args=(_AFTER_STDIN,), daemon=True, name="end").start()


def _end_after(seconds: float) -> None:
    time.sleep(seconds)
    os._exit(1)


if sys.platform == "win32":

    def _wait(process_id: int, over: threading.Event) -> None:
        import ctypes

        synchronize, forever = 0x00100000, 0xFFFFFFFF
        kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel32.OpenProcess.restype = ctypes.c_void_p
        kernel32.WaitForSingleObject.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        if handle := kernel32.OpenProcess(synchronize, False, process_id):
            kernel32.WaitForSingleObject(handle, forever)

else:

    def _wait(process_id: int, over: threading.Event) -> None:
        # A zombie parent still has its process id, but is no longer our parent.
        is_parent = os.getppid() == process_id
        while _exists(process_id) and (not is_parent or os.getppid() == process_id):
            if over.wait(_POLL):
                return


def _exists(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
