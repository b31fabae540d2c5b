"""The program's own source, parsed once for all tests that look at it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "server" / "configvars"


@cache
def trees_of_package() -> tuple[tuple[str, ast.Module], ...]:
    """The path of each file below the package, and its tree."""
    files = sorted(PACKAGE.rglob("*.py"))
    return tuple((file.relative_to(PACKAGE).as_posix(), ast.parse(file.read_text("utf-8"))) for file in files)
