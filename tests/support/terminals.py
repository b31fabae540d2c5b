"""Commands run with a terminal and without one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def piped(command: list[str], folder: Path, environ: dict[str, str]) -> tuple[int, str]:
    ran = subprocess.run(
        command, cwd=folder, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30
    )
    return ran.returncode, ran.stdout


def in_terminal(
    command: list[str], folder: Path, environ: dict[str, str], typed: str = ""
) -> tuple[int, str]:
    """Runs a command with a terminal for all of its streams; gives what is shown there.

    `typed` is what somebody types ahead.
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
    """What the other side wrote, nothing at its end: Linux says an error then."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
