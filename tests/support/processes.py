"""Which processes are there, seen from outside."""

from __future__ import annotations

import os
from pathlib import Path


def with_in_environment(marker: str) -> list[int]:
    """The processes, but for this one, that have a text in their environment: a child's children too."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environ = (folder / "environ").read_bytes()
            ended = (folder / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:  # it ended meanwhile, or is not ours
            continue
        if marker.encode() in environ and not ended and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found
