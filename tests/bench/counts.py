"""How often the engine analyses files. These numbers explain the times and are the same on every machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from bench.editing import TYPED, places
from configvars.analyze import Unit
from configvars.workspace import Workspace


@dataclass(frozen=True)
class Counts:
    """How often files were scanned: in a whole folder, per file at most, and after a keystroke."""

    analyses: int
    versions: int
    most: int
    keys: dict[str, int]


@contextmanager
def _counted() -> Iterator[Counter[tuple[str, str]]]:
    """Count, while the block runs, how often each version of a file is scanned.

    Each version is parsed only once.
    """
    counter: Counter[tuple[str, str]] = Counter()
    running = Unit.running

    def counting(unit: Unit) -> Generator[None, None, bool]:
        counter[unit.path, unit.text] += 1
        return running(unit)

    with patch.object(Unit, "running", counting):
        yield counter


def counts(folder: Path, file: Path) -> Counts:
    """Load a folder, then type one letter at the end, in the middle and at the top of a file."""
    workspace = Workspace(str(folder))
    with _counted() as loading:
        for _ in workspace.load():
            pass
    lines = file.read_text("utf-8").splitlines(keepends=True)
    keys = {}
    for place, line in places("".join(lines)).items():
        workspace.open(str(file), "".join([*lines[:line], TYPED, *lines[line:]]))
        with _counted() as typing:
            workspace.open(str(file), "".join([*lines[:line], TYPED.replace("_", "_A"), *lines[line:]]))
        keys[place] = typing.total()
    return Counts(loading.total(), len(loading), max(loading.values(), default=0), keys)
