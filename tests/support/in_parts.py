"""Runs the tests in several processes at once, each with a part of the files: `python -m support.in_parts`.

This takes less processor time than pytest-xdist, which collects all tests in each process and sends messages
about each test. The arguments are those of pytest; `WORKERS` is the number of processes (default: 2).

Unless `TMPDIR` is set, the files of tests are in memory where that is possible, and are removed at the end:
to create a folder with two files takes 0.03 ms there, and up to 1 ms on a disk.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

TESTS = Path(__file__).parents[1]
_COVERED = TESTS.parent / ".venv" / "covered"  # with the number of the part, where the arguments ask for it
_UNUSED = ["-pno:anyio", "-pno:xdist"]  # both cost time in each test
# `make test` tries ten times as many examples and edits, and starts the programs of all tables.
_QUICK = {"CONFIGVARS_EXAMPLES": "100", "CONFIGVARS_EDITS": "1000", "CONFIGVARS_REAL_STARTS": "no"}
_MEMORY = Path("/dev/shm")
_NEEDED = 2 * 1024**3  # bytes in memory; the quick tests write less than half of it
_NO_TESTS = 5  # pytest's exit status if a part has none of the tests that are asked for


@cache
def part_of(parts: int) -> dict[Path, int]:
    """The part of each file, from 1: the largest files first, each to the part that is smallest so far."""
    sizes = {file: file.stat().st_size for file in sorted(TESTS.rglob("test_*.py"))}
    totals = [0] * parts
    found: dict[Path, int] = {}
    for file in sorted(sizes, key=lambda file: (-sizes[file], file)):
        smallest = totals.index(min(totals))
        totals[smallest] += sizes[file]
        found[file] = smallest + 1
    return found


def is_left_out(file: Path, part: str) -> bool:
    """Whether a file does not belong to a part such as `1/4`."""
    number, _, parts = part.partition("/")
    return part_of(int(parts)).get(file, int(number)) != int(number)


def is_fit(folder: Path, needed: int = _NEEDED) -> bool:
    """Whether tests can have their files in a folder: they also execute scripts there."""
    if not hasattr(os, "statvfs") or not os.access(folder, os.W_OK):
        return False
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize >= needed and not status.f_flag & os.ST_NOEXEC


@contextmanager
def _in_memory() -> Iterator[dict[str, str]]:
    """Variables with which programs have their temporary files in memory; none where that is not possible."""
    if "TMPDIR" in os.environ or not is_fit(_MEMORY):
        yield {}
        return
    with TemporaryDirectory(prefix="tests-", dir=_MEMORY, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # some tests work as another user in folders below
        yield {"TMPDIR": folder}


def main(arguments: Iterable[str]) -> int:
    """Run all parts; returns the exit status of the first that failed, or 0."""
    with _in_memory() as variables:
        return _run_parts(list(arguments), variables)


def _run_parts(arguments: list[str], variables: dict[str, str]) -> int:
    workers = int(os.environ.get("WORKERS") or 2)
    is_whole = not any(Path(argument.partition("::")[0]).exists() for argument in arguments)
    parts = workers if is_whole else 1

    def run(number: int) -> int:
        part = [f"--part={number}/{parts}"] if parts > 1 else []
        covered = {"COVERAGE_FILE": f"{_COVERED}.{number}"}
        environ = {**_QUICK, **os.environ, **variables, **covered}
        command = [sys.executable, "-m", "pytest", *_UNUSED, *part, *arguments]
        ran = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environ, check=False
        )
        sys.stdout.buffer.write(ran.stdout)
        sys.stdout.flush()
        return ran.returncode

    with ThreadPoolExecutor(workers) as pool:
        statuses = list(pool.map(run, range(1, parts + 1)))
    failed = [status for status in statuses if status not in (0, _NO_TESTS)]
    return failed[0] if failed else min(statuses)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
