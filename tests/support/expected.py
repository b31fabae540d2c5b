"""Rewrites the expected findings in the checks' examples with the actual findings: `make expected`.

Review the diff of the checks like any other change of what users see.
"""

from __future__ import annotations

import ast
import inspect
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from configvars import checks
from configvars.checks import CHECKS
from configvars.checks.base import Check
from configvars.model import Example
from support.examples import opened_example, rendered

Edit = tuple[int, int, str]
"""The offsets in bytes at which a text starts and ends, and the text that replaces it."""


def main() -> None:
    """Rewrite the examples that have other findings than they expect, and format their files."""
    edits: dict[Path, list[Edit]] = {}
    for check in CHECKS:
        for path, edit in _edits(check):
            edits.setdefault(path, []).append(edit)
    for path, found in edits.items():
        new = path.read_bytes()
        for start, end, text in sorted(found, reverse=True):
            new = new[:start] + text.encode() + new[end:]
        path.write_bytes(new)
    if edits:
        subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", *edits], check=True)
    print(f"{len(edits)} files rewritten")


def _edits(check: Check) -> Iterator[tuple[Path, Edit]]:
    """The files with examples of a check, each with a change that its findings need."""
    own = dict(_calls(Path(inspect.getfile(check.run))))
    for example in (*check.silent, *check.examples):
        with TemporaryDirectory() as folder:
            lines = rendered(opened_example(Path(folder), check, example), check)
        if lines == example.found:
            continue
        path, call = own.get(example.text) or calls_elsewhere()[example.text]
        text = f"({', '.join(map(_quoted, lines))},)" if lines else "()"
        source = path.read_bytes()
        starts = [0, *(at + 1 for at, byte in enumerate(source) if byte == ord("\n"))]
        if (at := _found(call)) is None:
            place = _offset(starts, call.args[0].end_lineno, call.args[0].end_col_offset)
            yield path, (place, place, f", {text}")
        else:
            first = _offset(starts, at.lineno, at.col_offset)
            yield path, (first, _offset(starts, at.end_lineno, at.end_col_offset), text)


def _calls(path: Path) -> Iterator[tuple[str, tuple[Path, ast.Call]]]:
    """The text of each example in a module of checks, with the call that creates it."""
    names = vars(import_module(f"{checks.__name__}.{path.stem}"))
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == Example.__name__:
            text = eval(compile(ast.Expression(node.args[0]), "<example>", "eval"), names)
            yield text, (path, node)


@cache
def calls_elsewhere() -> dict[str, tuple[Path, ast.Call]]:
    """The examples of all modules: some checks keep theirs next to the code that they are about."""
    folder = Path(inspect.getfile(checks)).parent
    return dict(call for path in folder.glob("*.py") for call in _calls(path))


def _found(call: ast.Call) -> ast.expr | None:
    if len(call.args) > 1:
        return call.args[1]
    return next((each.value for each in call.keywords if each.arg == "found"), None)


def _offset(starts: list[int], line: int | None, column: int | None) -> int:
    assert line is not None
    assert column is not None
    return starts[line - 1] + column


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    main()
