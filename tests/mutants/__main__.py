"""Change lines in a copy of the program, and report the changes that no test notices (`python -m mutants`).

    PYTHONPATH=tests python -m mutants [--room ROOM] [--each N] [--seed N] [--coverage FILE] [--jobs N]

Mutations are drawn at random from each package; the same seed draws the same ones. Mutations that do not
change what the program does are listed in `equivalent.toml` with the reason. The exit status is 1 if the
score of a package is below the minimum.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from mutants.covering import Covering, measure
from mutants.operators import Mutant, mutants
from support.coverage_floors import room_of

ROOT = Path(__file__).parents[2]
FLOOR = 0.85
_PACKAGE = Path("server", "configvars")
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", ".parts", "dist", "*.vsix")
_SECONDS = 180
_WRONG_USE, _NO_TESTS = 4, 5  # pytest's exit statuses


def main() -> int:
    """Draw mutations, try them, and print the table."""
    args = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        if args.coverage is None:
            args.coverage = Path(folder, "coverage")
            measure(ROOT, args.coverage)
        covering = Covering(args.coverage, ROOT)
        chosen = _drawn(args)
        copies: Queue[Path] = Queue()
        for number in range(args.jobs):
            copies.put(_copy(Path(folder, f"copy{number}")))
        with ThreadPoolExecutor(args.jobs) as pool:
            noticed = pool.map(lambda one: (one, _is_noticed(one, covering, copies)), chosen)
            return _report(noticed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="mutants", description="Change lines of the program and check that a test fails."
    )
    parser.add_argument("--room", action="append", help="only this folder of the package")
    parser.add_argument("--each", type=int, default=30, help="how many mutants are tried in each package")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--coverage", type=Path, help="a coverage file with contexts, one for each test")
    return parser.parse_args()


def _drawn(args: argparse.Namespace) -> list[Mutant]:
    equivalent = tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text("utf-8"))["equivalent"]
    known = {(one["file"], one["old"], one["new"]) for one in equivalent}
    rooms: defaultdict[str, list[Mutant]] = defaultdict(list)
    for file in sorted((ROOT / _PACKAGE).rglob("*.py")):
        path = file.relative_to(ROOT / _PACKAGE).as_posix()
        rooms[room_of(path)] += mutants(path, file.read_bytes())
    chosen: list[Mutant] = []
    for room in sorted(args.room or rooms):
        faults = [one for one in rooms[room] if (one.path, one.old, one.new) not in known]
        chosen += random.Random(f"{args.seed} {room}").sample(faults, min(args.each, len(faults)))
    return chosen


def _copy(folder: Path) -> Path:
    shutil.copytree(ROOT, folder, ignore=_LEFT_OUT, symlinks=True)
    return folder


def _is_noticed(mutant: Mutant, covering: Covering, copies: Queue[Path]) -> bool:
    copy = copies.get()
    file = copy / _PACKAGE / mutant.path
    source = file.read_bytes()
    try:
        file.write_bytes(mutant.planted(source))
        return any(_fail(tests, copy) for tests in covering.of(mutant) if tests)
    finally:
        file.write_bytes(source)
        copies.put(copy)


def _fail(tests: list[str], copy: Path) -> bool:
    """Whether a test fails, or runs into the time limit."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-m", "not e2e", "-p", "no:cacheprovider", *tests]
    try:
        ran = subprocess.run(command, cwd=copy, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return True
    if ran.returncode == _WRONG_USE:
        raise ValueError(f"no such tests: {tests[0]} …")
    return ran.returncode not in (0, _NO_TESTS)


def _report(noticed: Iterator[tuple[Mutant, bool]]) -> int:
    planted, caught = Counter[str](), Counter[str]()
    for mutant, is_noticed in noticed:
        planted[room_of(mutant.path)] += 1
        caught[room_of(mutant.path)] += is_noticed
        if not is_noticed:
            print(f"not noticed: {mutant}", flush=True)
    print("\n| room | planted | noticed | score |\n|---|---|---|---|")
    for room in sorted(planted):
        print(f"| {room} | {planted[room]} | {caught[room]} | {caught[room] / planted[room]:.0%} |")
    print(f"| all | {planted.total()} | {caught.total()} | {caught.total() / max(planted.total(), 1):.0%} |")
    return int(any(caught[room] < FLOOR * planted[room] for room in planted))


if __name__ == "__main__":
    sys.exit(main())
