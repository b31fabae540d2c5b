"""Measure and print Markdown tables: `make bench`, or `make bench ARGS="ctfd flask --runs 3"`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench import report
from bench.trees import trees


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", help="projects of tests/bench/trees.toml, or `generated`; all by default"
    )
    parser.add_argument("--runs", type=int, default=5, help="how often each command runs; the median counts")
    parser.add_argument("--keys", type=int, default=10, help="keystrokes at each place")
    parser.add_argument("--only", choices=report.PARTS, help="write only this part of the report")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        found = list(trees(scratch, given.names))
        for name, part in report.PARTS.items():
            if given.only in (None, name):
                for line in part(found, scratch, given.runs, given.keys):
                    print(line, flush=True)


if __name__ == "__main__":
    main()
