"""The mutations: one-line changes to a file that a test should notice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_Placed = ast.expr | ast.stmt
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
}
_CALLS = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}
_SEVERITIES = {"ERROR": "WARNING", "WARNING": "INFORMATION", "INFORMATION": "HINT", "HINT": "WARNING"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A part of a file's text and its replacement. `start` and `end` are byte offsets, `line` is 1-based."""

    path: str
    line: int
    start: int
    end: int
    old: str
    new: str

    def planted(self, source: bytes) -> bytes:
        """The content of the file with the mutation."""
        return source[: self.start] + self.new.encode() + source[self.end :]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {_short(self.old)} → {_short(self.new)}"


def mutants(path: str, source: bytes) -> Iterator[Mutant]:
    """All mutations of a file; `path` is relative to the package."""
    finder = _Finder(path, source)
    finder.visit(ast.parse(source))
    return iter(finder.found)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 70 else f"{line[:67]}…"


class _Finder(ast.NodeVisitor):
    def __init__(self, path: str, source: bytes) -> None:
        self.path = path
        self.source = source
        self.found: list[Mutant] = []
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Mutate bodies and defaults, but not annotations or decorators."""
        for part in (*node.body, *node.args.defaults, *(each for each in node.args.kw_defaults if each)):
            self.visit(part)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Mutate as in a plain function."""
        for part in node.body:
            self.visit(part)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Mutate only the value."""
        if node.value:
            self.visit(node.value)

    def visit_Assert(self, node: ast.Assert) -> None:
        """Mutate nothing: asserts are for the type checker."""

    def visit_Compare(self, node: ast.Compare) -> None:
        """Replace the comparison with another one."""
        if len(node.ops) == 1:
            left, right = self._text(node.left), self._text(node.comparators[0])
            self._replace(node, f"{left} {_COMPARISONS[type(node.ops[0])]} {right}")
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Replace the first `and` with `or`, or the first `or` with `and`."""
        word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        first, second = node.values[0], node.values[1]
        start, end = self._end(first), self._start(second)
        between = self.source[start:end].decode()
        if between.count(word) == 1:
            self._add(node.lineno, start, end, between.replace(word, other))
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        """Remove `not`."""
        if isinstance(node.op, ast.Not):
            self._replace(node, f"bool({self._text(node.operand)})")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        """Negate the condition."""
        self._turn(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        """Negate the condition of a comprehension."""
        for test in node.ifs:
            self._turn(test)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Replace a number with the next one, or negate a boolean."""
        if isinstance(node.value, bool):
            self._replace(node, str(not node.value))
        elif isinstance(node.value, int):
            self._replace(node, str(node.value + 1))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Mutate nothing: before Python 3.12, the parts of an f-string have no positions."""

    def visit_Call(self, node: ast.Call) -> None:
        """Replace `any` with `all`, and similar functions."""
        if isinstance(node.func, ast.Name) and node.func.id in _CALLS:
            self._replace(node.func, _CALLS[node.func.id])
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Replace a severity with another one."""
        if isinstance(node.value, ast.Name) and node.value.id == "Severity" and node.attr in _SEVERITIES:
            self._replace(node, f"Severity.{_SEVERITIES[node.attr]}")
        self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        """Return nothing."""
        if node.value and not (isinstance(node.value, ast.Constant) and node.value.value is None):
            self._replace(node, "return None")
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        """Remove a call, or a yielded value."""
        if isinstance(node.value, (ast.Call, ast.Yield, ast.YieldFrom)):
            self._replace(node, "pass" if isinstance(node.value, ast.Call) else "yield from ()")
        self.generic_visit(node)

    def visit_Continue(self, node: ast.Continue) -> None:
        """End the loop instead of continuing it."""
        self._replace(node, "break")

    def visit_Break(self, node: ast.Break) -> None:
        """Continue the loop instead of ending it."""
        self._replace(node, "continue")

    def _turn(self, test: ast.expr) -> None:
        """Negate a test, unless it is a comparison, `not`, `and` or `or`, which have their own mutations."""
        if not isinstance(test, (ast.Compare, ast.UnaryOp, ast.BoolOp)):
            self._replace(test, f"not ({self._text(test)})")

    def _text(self, node: _Placed) -> str:
        return self.source[self._start(node) : self._end(node)].decode()

    def _start(self, node: _Placed) -> int:
        return self._starts[node.lineno - 1] + node.col_offset

    def _end(self, node: _Placed) -> int:
        return self._starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)

    def _replace(self, node: _Placed, new: str) -> None:
        self._add(node.lineno, self._start(node), self._end(node), new)

    def _add(self, line: int, start: int, end: int, new: str) -> None:
        self.found.append(Mutant(self.path, line, start, end, self.source[start:end].decode(), new))
