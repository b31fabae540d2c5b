"""A child process with a real library that runs programs. See the docstring of the package."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PYTHON = os.environ.get("CONFIGVARS_ORACLE_PYTHON") or sys.executable
_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Run:
    """One run of a program: its outcome and the number of errors in it, the names that it looked up, the
    files that it opened.
    """

    outcome: str
    errors: int
    names: frozenset[str]
    files: frozenset[str]


class Child:
    """The process. `library` is the module whose look-ups are recorded."""

    def __init__(self, library: str) -> None:
        self._process = subprocess.Popen(
            [PYTHON, "-P" if sys.version_info >= (3, 11) else "-s", str(_CHILD), library],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
        )

    def load(self, files: Mapping[str, str]) -> Run:
        """Set the files of the program, and run it once without any variables."""
        return self._ask({"files": dict(files), "runs": [{}]})[0]

    def run(self, environs: Sequence[Mapping[str, str]]) -> list[Run]:
        """Run the program once for each of these environments."""
        return self._ask({"runs": [dict(environ) for environ in environs]}) if environs else []

    def _ask(self, request: object) -> list[Run]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the child ended with {self._process.wait()}"
        return [
            Run(run["outcome"], run["errors"], frozenset(run["names"]), frozenset(run["files"]))
            for run in json.loads(answer)
        ]

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=30)


@contextmanager
def child(library: str) -> Iterator[Child]:
    """A process that is ended with the block."""
    process = Child(library)
    try:
        yield process
    finally:
        process.close()


@cache
def version(package: str) -> tuple[int, ...]:
    """The version of a package in the child process; (0,) if it is not installed."""
    code = "import sys; from importlib.metadata import version; print(version(sys.argv[1]))"
    asked = subprocess.run([PYTHON, "-c", code, package], capture_output=True, text=True, check=False)
    return tuple(int(part) for part in asked.stdout.split(".") if part.strip().isdigit()) or (0,)
