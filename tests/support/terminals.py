"""Runs commands with a terminal and without one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def in_terminal(
    command: list[str], folder: Path, environ: dict[str, str], typed: str = ""
) -> tuple[int, str]:
    """Run a command with a terminal for all its streams; return what the terminal shows.

    `typed` is typed before the command starts.
    """
    ours, theirs = os.openpty()
    os.write(ours, typed.encode())
    process = subprocess.Popen(
        command, cwd=folder, env={**environ, "NO_COLOR": "1"}, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    while data := _read(ours):
        shown += data
    os.close(ours)
    return process.wait(30), shown.decode()


def _read(terminal: int) -> bytes:
    """Read the output of the other side; empty at its end, where Linux raises an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
