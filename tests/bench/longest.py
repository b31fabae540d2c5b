"""Measures the longest step of the server on files that are slow to analyse.

It answers nothing during a step.

    PYTHONPATH=server:tests python tests/bench/longest.py [WORD…]

Each file has about 30 KB. With words, measures only the files whose description contains one of them. Exits
with 1 if a step takes more than `MOST` seconds of processor time.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from configvars.checks import CHECKS
from configvars.checks.run import findings
from configvars.slices import sliced
from configvars.workspace import Workspace
from test_growth import SHAPES, Shape, source

SIZE = 30_000
MOST = 0.1
PATIENCE = 60
"""The time limit for a file in seconds; after it, the longest step so far is the result."""


def sized(shape: Shape, start: int, size: int = SIZE) -> str:
    """The text of a shape with about `size` characters."""
    low, high = 1, start
    while len(source(shape, high)) < size:
        low, high = high, 2 * high
    while high - low > max(1, high // 50):
        middle = (low + high) // 2
        low, high = (middle, high) if len(source(shape, middle)) < size else (low, middle)
    return source(shape, high)


def longest(steps: Iterator[object]) -> float:
    """The processor time of the longest step, and separately that of the garbage collector."""
    found, until, is_left = 0.0, time.thread_time() + PATIENCE, True
    while is_left and time.thread_time() < until:
        gc.disable()
        begin = time.thread_time()
        is_left = next(steps, steps) is not steps
        found = max(found, time.thread_time() - begin)
        gc.enable()
    return found


def parts(text: str) -> Iterator[tuple[str, float]]:
    """The parts of the server's work on a file, each with the time of its longest step."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "app.py")
        path.write_text(text, "utf-8")
        Path(folder, ".env").write_text("A=1\n", "utf-8")
        workspace = Workspace(folder)
        yield "load", longest(workspace.load())
        yield "type", longest(workspace.opening(str(path), f"{text}\n# typed\n"))
        yield "check", longest(sliced(findings(CHECKS, workspace.project(), str(path))))  # type: ignore[arg-type]


def main(words: list[str]) -> int:
    """Measure all files, or those whose description contains one of the words."""
    warm = list(parts("import os\nos.environ['A']\n"))
    is_long = False
    for name, (start, shape) in SHAPES.items():
        if words and not any(word in name for word in words):
            continue
        text = sized(shape, start)
        begin = time.thread_time()
        found = list(parts(text))
        total = time.thread_time() - begin
        is_long |= any(took > MOST for _, took in found)
        cells = "  ".join(f"{part} {took:6.3f}{'!' if took > MOST else ' '}" for part, took in found)
        print(f"{cells}  all {total:6.2f}  {len(text):6}  {name}", flush=True)
    return int(is_long and bool(warm))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
