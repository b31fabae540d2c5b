"""Adding missing import statements to a Python file."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from configvars.edits.places import line_ending
from configvars.model import TextEdit
from configvars.text import LineIndex, Span


def add_imports(text: str, statements: Iterable[str]) -> TextEdit | None:
    """The edit that adds the missing ones of `statements` before the other imports of a file.

    An edit without changes if none is missing; None if the file cannot be parsed, or if it uses one of the
    imported names for something else.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # MemoryError: nested too deeply
        return None
    present = {ast.unparse(alone) for node in tree.body for alone in _split(node)}
    lacking = sorted(
        (one for one in statements if one not in present), key=lambda one: one.startswith("from")
    )
    if not {one.rpartition(" ")[2] for one in lacking}.isdisjoint(_bound(tree)):
        return None
    lines = LineIndex(text)
    offset = lines.offset(_place(tree), 0)
    return TextEdit(Span(offset, offset), "".join(one + line_ending(text) for one in lacking))


def _split(node: ast.stmt) -> Iterator[ast.stmt]:
    """`import a, b` as `import a` and `import b`."""
    if isinstance(node, ast.Import):
        yield from (ast.Import(names=[alias]) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (ast.ImportFrom(node.module, [alias], node.level) for alias in node.names)


def _bound(tree: ast.Module) -> Iterator[str]:
    """Every name that the file binds anywhere."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.alias(name=name, asname=asname):
                yield asname or name.partition(".")[0]


def _place(tree: ast.Module) -> int:
    """The line (0-based) of the first import, or of the first statement; `__future__` stays first."""
    line = 0
    for number, node in enumerate(tree.body):
        is_docstring = number == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if is_docstring or is_future:
            line = node.end_lineno or 0
        elif isinstance(node, ast.Import | ast.ImportFrom):
            return node.lineno - 1
    first = next((node for node in tree.body if node.lineno > line), None)
    return first.lineno - 1 if first is not None else line
