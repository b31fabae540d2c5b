"""Which processes are running."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def has_loaded_engine(pid: int) -> bool:
    """Whether a process has loaded the parser, which it does once its work has begun (Linux only)."""
    try:
        return "tree_sitter_python" in Path(f"/proc/{pid}/maps").read_text("utf-8")
    except OSError:
        return False


def with_in_environment(marker: str) -> list[int]:
    """All processes except this one that have a text in their environment.

    Children of children inherit it. A process that SIGKILL has been sent to counts as ended, although on a
    loaded machine it may take a moment to go.
    """
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environ = (folder / "environ").read_bytes()
            ended = _has_ended(folder)
        except OSError:  # it has ended, or belongs to another user
            continue
        if marker.encode() in environ and not ended and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


def _has_ended(folder: Path) -> bool:
    lines = (line.partition(":") for line in (folder / "status").read_text().splitlines())
    status = {name: value.split() for name, _, value in lines}
    pending = int(status["SigPnd"][0], 16) | int(status["ShdPnd"][0], 16)
    return status["State"][0] == "Z" or bool(pending & 1 << (signal.SIGKILL - 1))
