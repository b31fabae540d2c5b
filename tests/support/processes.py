"""Which processes are running."""

from __future__ import annotations

import os
from pathlib import Path


def with_in_environment(marker: str) -> list[int]:
    """All processes except this one that have a text in their environment.

    Children of children inherit it.
    """
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environ = (folder / "environ").read_bytes()
            ended = (folder / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:  # it has ended, or belongs to another user
            continue
        if marker.encode() in environ and not ended and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found
