"""The share of statements and branches that tests execute in each package, and its minimum.

    PYTHONPATH=tests python -m support.coverage_floors REPORT

REPORT is the JSON report of coverage.py after the tests. It does not contain what runs in separate processes
(editors, and the server as its clients start it), so `lsp` has the lowest minimum.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

FLOORS = {
    "(top)": 95,
    "actions": 96,
    "catalog": 98,
    "checks": 97,
    "cli": 95,
    "edits": 96,
    "features": 95,
    "flask": 97,
    "lsp": 90,
    "names": 94,
    "platforms": 96,
    "readers": 93,
    "resolve": 97,
    "runs": 95,
    "sources": 95,
    "syntax": 97,
    "workspace": 94,
}


def room_of(path: str) -> str:
    """The package of a file, from the file's path below `configvars`."""
    return path.partition("/")[0] if "/" in path else "(top)"


def main(report: Path) -> int:
    """Print the table; return 1 if a package is below its minimum, or has none."""
    run, all_of = Counter[str](), Counter[str]()
    for file, about in json.loads(report.read_text("utf-8"))["files"].items():
        room, summary = room_of(file.rpartition("server/configvars/")[2]), about["summary"]
        run[room] += summary["covered_lines"] + summary["covered_branches"]
        all_of[room] += summary["num_statements"] + summary["num_branches"]
    print("| room | covered | floor |\n|---|---|---|")
    low = []
    for room in sorted(all_of):
        share = 100 * run[room] / all_of[room]
        print(f"| {room} | {share:.1f} % | {FLOORS.get(room, 'none')} |")
        low += [room] if share < FLOORS.get(room, 101) else []
    for room in low:
        print(f"The tests of {room} cover less than its floor: test the new code, or delete unused code.")
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
