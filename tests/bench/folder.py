"""How long a folder takes to be known, and one key in one of its files: medians, and ratios of one run.

    PYTHONPATH=server python tests/bench/folder.py FOLDER FILE

The measure beside it is the reading of the folder's Python files, which nothing can do without.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from configvars.settings import Settings
from configvars.workspace import Workspace

RUNS = 5


def seconds(work: Callable[[], object]) -> float:
    """Processor time, which other programs on the machine change least."""
    start = time.process_time()
    work()
    return time.process_time() - start


def loaded(folder: str) -> Workspace:
    workspace = Workspace(folder, Settings())
    for _ in workspace.load():
        pass
    return workspace


def read(folder: str) -> None:
    for path in Path(folder).rglob("*.py"):
        path.read_bytes()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("file")
    given = parser.parse_args()
    folder, file = str(Path(given.folder).resolve()), str(Path(given.file).resolve())
    reading = statistics.median(seconds(lambda: read(folder)) for _ in range(RUNS))
    loading = statistics.median(seconds(lambda: loaded(folder)) for _ in range(RUNS))
    workspace = loaded(folder)
    text = Path(file).read_text(encoding="utf-8")
    keys, findings = [], []
    for turn in range(RUNS):
        typed = f"{text}\nx = {turn}\n"
        keys.append(seconds(lambda typed=typed: workspace.open(file, typed)))
        findings.append(seconds(lambda: workspace.findings(file)))
    print(f"read     {reading:8.3f} s")
    print(f"load     {loading:8.3f} s   {loading / reading:6.1f} x read")
    print(f"key      {statistics.median(keys):8.3f} s")
    print(f"findings {statistics.median(findings):8.3f} s")


if __name__ == "__main__":
    main()
