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
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from configvars.checks import CHECKS
from configvars.checks.base import Check
from configvars.model import Example
from support.examples import rendered

Edit = tuple[int, int, str]
"""The offsets in bytes at which a text starts and ends, and the text that replaces it."""


def main() -> None:
    """Rewrite every check whose examples have other findings than they expect, and format these files."""
    changed = [path for check in CHECKS if (path := _rewrite(check))]
    if changed:
        subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", *changed], check=True)
    print(f"{len(changed)} checks rewritten")


def _rewrite(check: Check) -> Path | None:
    path = Path(inspect.getfile(check.run))
    old = path.read_bytes()
    new = old
    for start, end, text in sorted(_edits(check, old), reverse=True):
        new = new[:start] + text.encode() + new[end:]
    path.write_bytes(new)
    return path if new != old else None


def _edits(check: Check, source: bytes) -> Iterator[Edit]:
    calls = dict(_calls(check, source))
    starts = [0, *(at + 1 for at, byte in enumerate(source) if byte == ord("\n"))]
    for example in (*check.silent, *check.examples):
        with TemporaryDirectory() as folder:
            lines = rendered(Path(folder), check, example)
        if lines == example.found:
            continue
        call = calls[example.text]
        at = _found(call)
        text = f"({', '.join(map(_quoted, lines))},)" if lines else "()"
        if at is None:
            before = call.args[0]
            place = _offset(starts, before.end_lineno, before.end_col_offset)
            yield place, place, f", {text}"
        else:
            first = _offset(starts, at.lineno, at.col_offset)
            yield first, _offset(starts, at.end_lineno, at.end_col_offset), text


def _calls(check: Check, source: bytes) -> Iterator[tuple[str, ast.Call]]:
    """The text of each example in the file of a check, with the call that creates it."""
    names = vars(import_module(check.run.__module__))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == Example.__name__:
            text = eval(compile(ast.Expression(node.args[0]), "<example>", "eval"), names)
            yield text, node


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
