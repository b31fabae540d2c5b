"""Finds the tests that execute a line, from a coverage file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from coverage import CoverageData

from mutants.operators import Mutant

# A folder of tests that was called `flask` would hide the library.
FOLDERS = {"flask": "flask_room"}
_TESTS = Path(__file__).parents[1]
_FIRST = 40
_MOST = 600


class Covering:
    """The tests of each line; `data` is a coverage file whose contexts are tests."""

    def __init__(self, data: Path, root: Path) -> None:
        self._data = CoverageData(str(data))
        self._data.read()
        self._package = root / "server" / "configvars"
        self._lines: dict[str, dict[int, list[str]]] = {}

    def of(self, mutant: Mutant) -> tuple[list[str], list[str]]:
        """The IDs of a few tests that are likely to fail, and of more tests that execute the line.

        A line that runs once in a process (at import, or to fill a cache) is attributed to no test or to the
        first one, so the tests of the module itself are always included.
        """
        lines = self._lines.get(mutant.path)
        if lines is None:
            path = str(self._package / mutant.path)
            lines = self._lines[mutant.path] = self._data.contexts_by_lineno(path)
        tests = sorted({context.rpartition("|")[0] for context in lines.get(mutant.line, ())} - {""})
        mirror = mirror_of(mutant.path)
        if not tests:
            return [mirror], []
        room = f"{Path(mirror).parent.as_posix() if mirror.endswith('.py') else mirror}/"
        nearest = sorted(tests, key=lambda test: not test.startswith(room))
        first = [*nearest[: _FIRST // 2], *_spread(nearest[_FIRST // 2 :], _FIRST // 2)]
        file = [mirror] if mirror.endswith(".py") else []
        return [*file, *first], _spread([test for test in tests if test not in set(first)], _MOST)


def measure(root: Path, data: Path) -> None:
    """Run the tests that need no other program, and record which test executes which line."""
    options = ["--cov=configvars", "--cov-branch", "--cov-context=test", "--cov-report="]
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", "not e2e", *options]
    subprocess.run(command, cwd=root, env=None, check=True)
    (root / ".coverage").replace(data)


def mirror_of(path: str) -> str:
    """The file of tests of a module, or else the nearest folder of tests; relative to the repository."""
    parent = Path(path).parent.as_posix()
    folder = _TESTS / FOLDERS.get(parent, parent)
    file = folder / f"test_{Path(path).stem}.py"
    while not folder.exists():
        folder = folder.parent
    found = file if file.exists() else folder if folder != _TESTS else _TESTS / "checks"
    return found.relative_to(_TESTS.parent).as_posix()


def _spread(tests: list[str], most: int) -> list[str]:
    step = max(1, -(-len(tests) // most))
    return tests[::step]
