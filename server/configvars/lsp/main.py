"""The process `configvars server`."""

from __future__ import annotations

import asyncio
import faulthandler
import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from configvars.lsp.stdio import Inbox


def run() -> int:
    """Serve one client on stdin and stdout until it ends the session; returns the exit code."""
    if os.isatty(0):
        sys.stderr.write("configvars: waiting for an editor on stdin; docs/editors.md explains the setup.\n")
    # Imported modules stay in memory: scanning them for garbage takes a fifth of the time.
    gc.disable()
    from configvars.crashes import blamed
    from configvars.garbage import SERVER, collecting_seldom
    from configvars.lsp.parent import end_in_time
    from configvars.lsp.server import start
    from configvars.lsp.stdio import Inbox, serve
    from configvars.storage import state_folder

    gc.enable()
    gc.freeze()
    stdin, stdout = _own_streams()
    state = state_folder()
    left_alone = blamed(state)

    async def session() -> int:
        inbox = Inbox()
        _end_on_signals(inbox)
        async with start(inbox, left_alone) as server:
            return await serve(server.protocol, inbox, stdin, stdout, ended=end_in_time)

    with _watched(state), collecting_seldom(SERVER):
        return asyncio.run(session())


def _end_on_signals(inbox: Inbox) -> None:
    """A signal to end the process ends the message loop, so that everything is shut down in order."""
    for name in ("SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            with suppress(NotImplementedError):  # not supported on Windows, which ends processes differently
                asyncio.get_running_loop().add_signal_handler(number, inbox.put, None)


@contextmanager
def _watched(state: Path) -> Iterator[None]:
    """Record the current file, so that a crash of native code can be attributed to it."""
    from configvars.crashes import noting
    from configvars.syntax.native import watched_by

    with noting(state) as note:
        if note is None:
            yield
            return
        faulthandler.enable(note.report)
        try:
            with watched_by(note):
                yield
        finally:
            faulthandler.disable()


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """The two streams of the protocol; other output of the process goes to stderr."""
    sys.stdout.flush()
    stdin, stdout = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(stdin, os.O_BINARY)
        msvcrt.setmode(stdout, os.O_BINARY)
    return os.fdopen(stdin, "rb"), os.fdopen(stdout, "wb")
