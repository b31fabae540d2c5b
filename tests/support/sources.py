"""The program's own source, read and parsed once for all tests that look at it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "server" / "configvars"


@cache
def texts_of_package() -> dict[str, str]:
    """The text of each file below the package, by path."""
    files = sorted(PACKAGE.rglob("*.py"))
    return {file.relative_to(PACKAGE).as_posix(): file.read_text("utf-8") for file in files}


def trees_with(pattern: str) -> Iterator[tuple[str, ast.Module]]:
    """The path and the tree of each file whose text matches; parsing all files takes seconds."""
    matches = re.compile(pattern, re.MULTILINE).search
    return ((path, tree_of(path)) for path, text in texts_of_package().items() if matches(text))


@cache
def tree_of(path: str) -> ast.Module:
    """The tree of a file below the package."""
    return ast.parse(texts_of_package()[path])
