"""The parts of the report. Each part measures something and yields lines of Markdown."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.counts import counts
from bench.driver import Program
from bench.editor import OURS, THEIRS, Cost, Session, session, start
from bench.generated import write_long_file
from bench.measure import CONFIGVARS, RUFF, Run, median_runs, run
from bench.table import milliseconds, table, times
from bench.trees import Tree

Part = Callable[[list[Tree], Path, int, int], Iterator[str]]

_THEIRS = [RUFF, "check", "--isolated", "--select", "F", "--no-cache", "-q", "."]
_OURS = [CONFIGVARS, "check", "."]
_COLD = {"CONFIGVARS_NO_CACHE": "1"}
_BARE = "import tree_sitter, json, re, dataclasses"
_PYGLS = 'from pygls.lsp.server import LanguageServer as S; S("bare", "1").start_io()'


def check(trees: list[Tree], scratch: Path, runs: int, keys: int) -> Iterator[str]:
    """The command line: a full check with and without a cache, compared with ruff."""
    warm = _has_cache()
    head = ["tree", "files", "ruff", "check", "× ruff", "processor", "× ruff’s", "for each MB"]
    rows = []
    for tree in trees:
        measured = _checks(tree, scratch, runs, warm=warm)
        theirs, ours = measured["ruff"], measured["cold"]
        row = [tree.name, len(tree.python_files), f"{theirs.seconds:.2f} s", f"{ours.seconds:.2f} s"]
        row += [_ended(ours, times(ours.seconds, theirs.seconds)), f"{ours.processor:.2f} s"]
        row += [times(ours.processor, theirs.processor), f"{ours.processor / tree.megabytes:.2f} s"]
        rows.append([*row, times(measured["warm"].seconds, theirs.seconds)] if warm else row)
        _say(row)
    yield from _section("`check`", table([*head, "warm × ruff"] if warm else head, rows))


def _checks(tree: Tree, scratch: Path, runs: int, *, warm: bool) -> Mapping[str, Run]:
    kept = {"XDG_CACHE_HOME": str(scratch / "cache" / tree.name)}
    works = {
        "ruff": partial(run, _THEIRS, tree.root, {}),
        "cold": partial(run, _OURS, tree.root, _COLD),
    }
    if warm:
        run(_OURS, tree.root, kept)
        works["warm"] = partial(run, _OURS, tree.root, kept)
    return median_runs(runs, works)


def _ended(ours: Run, ratio: str) -> str:
    if ours.exit < 0:
        return f"{ratio}, stopped"
    return f"{ratio}, with an error" if ours.exit > 1 else ratio


def editor(trees: list[Tree], scratch: Path, runs: int, keys: int) -> Iterator[str]:
    """The language server: how long a user waits in one file of each project."""
    long = scratch / "long"
    typed = [(tree.name, tree.root, tree.file) for tree in trees if tree.file]
    typed.append(("one file of 10,000 lines", long, write_long_file(long)))
    head = ["tree", "lines", "end", "middle", "top", "processor", "first findings", "longest wait", "memory"]
    rows = []
    for name, folder, file in typed:
        row = [name, file.read_text("utf-8").count("\n")]
        try:
            row += _cells(session(THEIRS, folder, file, keys), session(OURS, folder, file, keys))
        except (TimeoutError, ConnectionError) as trouble:
            row.append(str(trouble))
        rows.append(row)
        _say(row)
    yield from _section("A keystroke, and opening a file", table(head, rows))


def _cells(theirs: Session, ours: Session) -> Iterator[str]:
    for place in ours.keys:
        yield _key(ours.keys[place], theirs.keys[place])
    yield f"{_processor(ours)} : {_processor(theirs)} ms"
    yield f"{ours.first.processor:.2f} s"
    yield f"{milliseconds(ours.longest_wait)} ms"
    yield f"{ours.megabytes:.0f} MB"


def _key(ours: Cost | None, theirs: Cost | None) -> str:
    if ours is None or theirs is None:
        return "no finding within a minute"
    ratio = times(ours.seconds, theirs.seconds)
    return f"{ratio} ({milliseconds(ours.seconds)} : {milliseconds(theirs.seconds)} ms)"


def _processor(of: Session) -> str:
    return " / ".join(milliseconds(cost.processor) if cost else "–" for cost in of.keys.values())


def starts(trees: list[Tree], scratch: Path, runs: int, keys: int) -> Iterator[str]:
    """Startup times: how long each program takes if there is nothing to do."""
    empty = scratch / "empty"
    empty.mkdir()
    bare_server = replace(OURS, name="bare pygls", command=(sys.executable, "-c", _PYGLS))
    works = {
        "bare": partial(run, [sys.executable, "-c", _BARE], empty, {}),
        "check": partial(run, _OURS, empty, _COLD),
        "pygls": partial(_started, bare_server, empty),
        "server": partial(_started, OURS, empty),
    }
    found = median_runs(2 * runs + 1, works)
    rows = [
        ["`check` of an empty folder", *_two(found["check"], found["bare"]), f'`python -c "{_BARE}"`'],
        ["answer to `initialize`", *_two(found["server"], found["pygls"]), "a bare pygls server"],
    ]
    yield from _section("Start", table(["", "ours", "the other's", "ratio", "the other"], rows))


def _started(program: Program, folder: Path) -> Run:
    return Run(start(program, folder), 0.0, 0)


def _two(ours: Run, theirs: Run) -> list[str]:
    seconds = ours.seconds, theirs.seconds
    return [*(f"{milliseconds(one)} ms" for one in seconds), times(*seconds)]


def counted(trees: list[Tree], scratch: Path, runs: int, keys: int) -> Iterator[str]:
    """How often the engine analyses a file: while a folder is loaded, and after a keystroke."""
    head = ["tree", "analyses", "file versions", "most of one", "after a key: end", "middle", "top"]
    rows = []
    for tree in trees:
        if tree.file:
            rows.append([tree.name, *_counts(tree.root, tree.file)])
            _say(rows[-1])
    yield from _section("Counted work", table(head, rows))


def _counts(folder: Path, file: Path) -> list[object]:
    try:
        found = counts(folder, file)
    except RecursionError as error:  # a ruff release that exits with an error has a row too
        return [type(error).__name__]
    return [found.analyses, found.versions, found.most, *found.keys.values()]


PARTS: dict[str, Part] = {"check": check, "editor": editor, "starts": starts, "counted": counted}


def _has_cache() -> bool:
    """Whether an earlier check can store anything for a later one."""
    found = subprocess.run([CONFIGVARS, "check", "--help"], capture_output=True, text=True, check=True)
    return "--no-cache" in found.stdout


def _section(title: str, body: str) -> Iterator[str]:
    yield from (f"### {title}", "", body, "")


def _say(row: list[object]) -> None:
    """Print the progress, because the whole benchmark takes long."""
    print(time.strftime("%H:%M:%S"), *row, sep="  ", file=sys.stderr, flush=True)
