"""Runs a program and measures its duration and its processor time."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = Path(sys.executable).parent
CONFIGVARS = str(PROGRAMS / "configvars")
RUFF = str(PROGRAMS / "ruff")


@dataclass(frozen=True)
class Run:
    """The measurements of one run. `exit` is negative if a signal ended the program."""

    seconds: float
    processor: float
    exit: int


def run(command: list[str], folder: Path, env: Mapping[str, str], limit: int = 300) -> Run:
    """Run a program until it ends or has used `limit` seconds of processor time."""
    start = time.perf_counter()
    with subprocess.Popen(
        ["sh", "-c", f'ulimit -t {limit}; exec "$@"', "sh", *command],
        cwd=folder,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    return Run(seconds, usage.ru_utime + usage.ru_stime, process.returncode)


def median_runs(
    runs: int, works: Mapping[str, Callable[[], Run]], *, patience: float = 120
) -> dict[str, Run]:
    """Run the programs alternately, so that changes of the machine's load affect all of them.

    Return the medians.

    No new round is started after `patience` seconds.
    """
    done: dict[str, list[Run]] = {name: [] for name in works}
    start = time.monotonic()
    for _ in range(runs):
        for name, work in works.items():
            done[name].append(work())
        if time.monotonic() - start > patience:
            break
    return {name: _median(found) for name, found in done.items()}


def _median(runs: list[Run]) -> Run:
    return Run(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.processor for run in runs),
        min(run.exit for run in runs),
    )
