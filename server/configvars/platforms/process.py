"""Running a child process; no other module of the program does this.

The child gets no stdin (ours carries the protocol), an empty working directory and an explicit
environment. It and its children are ended if it takes too long, prints too much or is cancelled.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Literal, cast

from msgspec import Struct

from configvars.platforms.base import Cancellation

Ending = Literal["exited", "too-slow", "too-large", "cancelled"]
MAX_OUTPUT = 8 * 1024 * 1024
_GRACE_SECONDS = 2.0
_CHUNK = 64 * 1024
_LOOK_SECONDS = 0.2


class Output(Struct, frozen=True):
    """The exit status and output of a child. The bytes may contain values and are never shown."""

    ending: Ending
    code: int
    stdout: bytes
    stderr: bytes

    def __repr__(self) -> str:
        return f"Output({self.ending}, {self.code})"


def run(
    argv: Sequence[str],
    environ: Mapping[str, str],
    timeout: float,
    cancellation: Cancellation,
    scratch: Iterable[str] = (),
) -> Output:
    """Run a program (`argv[0]` an absolute path) to its end; at most `timeout` seconds.

    Each variable in `scratch` is set to the path of a file outside the working directory that does not
    exist yet and is removed afterwards. Raises OSError if the program cannot be started.
    """
    if cancellation.requested:
        return Output("cancelled", -1, b"", b"")
    with tempfile.TemporaryDirectory(prefix="configvars-", ignore_cleanup_errors=True) as folder:
        working = Path(folder, "empty")
        working.mkdir(0o700)
        files = {name: str(Path(folder, name)) for name in scratch}
        process = _start(argv, {**environ, **files}, working)
        try:
            with cancellation.calling(lambda: _end(process)):
                return _follow(process, time.monotonic() + timeout, cancellation)
        except BaseException:  # Ctrl-C does not reach the child, which has its own session
            _end(process)
            raise


def _start(argv: Sequence[str], environ: Mapping[str, str], folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - no shell, and the caller's lists of what is allowed
        list(argv),
        cwd=folder,
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


class _Reader(threading.Thread):
    """Reads a pipe to its end. If it contains more than `MAX_OUTPUT` bytes, the child is ended."""

    def __init__(self, pipe: IO[bytes] | None, process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self._pipe = cast("IO[bytes]", pipe)
        self._process = process
        self._chunks: list[bytes] = []
        self.overflow = False
        self.start()

    def run(self) -> None:
        size = 0
        with self._pipe:
            while chunk := self._pipe.read(_CHUNK):
                size += len(chunk)
                if size > MAX_OUTPUT:
                    self.overflow = True
                    break
                self._chunks.append(chunk)
        if self.overflow:
            _end(self._process)

    def data(self) -> bytes:
        return b"".join(self._chunks)


def _follow(process: subprocess.Popen[bytes], deadline: float, cancellation: Cancellation) -> Output:
    readers = [_Reader(pipe, process) for pipe in (process.stdout, process.stderr)]
    ending = _wait(process, readers, deadline, cancellation)
    if ending == "too-slow":
        _end(process)
        for reader in readers:
            reader.join(_GRACE_SECONDS)
    if cancellation.requested:
        ending = "cancelled"
    elif any(reader.overflow for reader in readers):
        ending = "too-large"
    return Output(ending, process.wait(), *(reader.data() for reader in readers))


def _wait(
    process: subprocess.Popen[bytes],
    readers: Sequence[_Reader],
    deadline: float,
    cancellation: Cancellation,
) -> Ending:
    for reader in readers:
        # Short waits: the main thread handles a signal that another thread received only when its wait ends.
        while reader.is_alive():
            left = deadline - time.monotonic()
            if cancellation.requested:  # a process in another session may hold the pipe open
                return "cancelled"
            if left <= 0:
                return "too-slow"
            reader.join(min(left, _LOOK_SECONDS))
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return "too-slow"
    return "exited"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a child and its group, first with SIGTERM, so that a git that it runs leaves no lock behind."""
    if sys.platform == "win32":
        _end_tree(process)
        return
    _signal_group(process, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE_SECONDS)
    _signal_group(process, signal.SIGKILL)


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _end_tree(process: subprocess.Popen[bytes]) -> None:
    """`heroku.cmd` is a batch file: ending it alone would leave node behind."""
    taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
    subprocess.run(  # noqa: S603 - an absolute path and a number
        [taskkill, "/T", "/F", "/PID", str(process.pid)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
