"""The values of the names in a configuration file, evaluated without running the file."""

from __future__ import annotations

import ast
import operator
import os.path
from collections.abc import Callable, Mapping
from datetime import timedelta

from configvars.limits import CONSTANTS, beyond

_OPERATORS: Mapping[type[ast.operator], Callable[[object, object], object]] = {
    ast.Add: operator.add,
    ast.FloorDiv: operator.floordiv,
    ast.Mult: operator.mul,
    ast.Sub: operator.sub,
    ast.Div: operator.truediv,
}
_FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "bool": bool,
    "datetime.timedelta": timedelta,
    "dict": dict,
    "float": float,
    "int": int,
    "list": list,
    "os.path.abspath": os.path.normpath,
    "os.path.dirname": os.path.dirname,
    "os.path.join": os.path.join,
    "set": set,
    "str": str,
    "timedelta": timedelta,
    "tuple": tuple,
}


# Exceptions of `ast` and of evaluating expressions; `MemoryError` for code that is nested too deeply.
_UNCLEAR = (SyntaxError, ValueError, TypeError, ArithmeticError, RecursionError, MemoryError)


class UnclearError(Exception):
    """An expression whose value is known only when the file runs."""


def constants(text: str, path: str) -> dict[str, object] | None:
    """The final values of the names in a file of plain assignments; None if it contains anything else.

    `path` is the value of `__file__` in it.
    """
    known = _Evaluation({"__file__": path})
    try:
        for statement in ast.parse(text).body:
            known.run(statement)
    except (*_UNCLEAR, UnclearError):
        return None
    del known.names["__file__"]
    return known.names


def constant(expression: str) -> object:
    """The value of an expression of literals. Raises `UnclearError` for any other expression."""
    try:
        return _Evaluation({}).value(ast.parse(f"({expression}\n)", mode="eval").body)
    except _UNCLEAR as error:
        raise UnclearError from error


class _Evaluation:
    """The names of a file, and how large values may still become, since each may repeat the one before."""

    def __init__(self, names: dict[str, object]) -> None:
        self.names = names
        self._left = CONSTANTS.most

    def run(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Assign(targets=targets, value=expression):
                value = self.value(expression)
                for target in targets:
                    self._assign(target, value)
            case ast.AnnAssign(target=ast.Name(id=name), value=expression) if expression is not None:
                self.names[name] = self.value(expression)
            case ast.Import(names=aliases) if all(
                a.name in ("os", "datetime") and not a.asname for a in aliases
            ):
                pass
            case ast.ImportFrom(module="datetime", names=[ast.alias(name="timedelta", asname=None)]):
                pass
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                pass
            case _:
                raise UnclearError

    def _assign(self, target: ast.expr, value: object) -> None:
        match target:
            case ast.Name(id=name):
                self.names[name] = value
            case ast.Tuple(elts=parts) if isinstance(value, tuple) and len(parts) == len(value):
                for part, item in zip(parts, value, strict=True):
                    self._assign(part, item)
            case _:
                raise UnclearError

    def value(self, node: ast.expr) -> object:
        """The value of an expression of constants. Raises `UnclearError`, or what the expression raises."""
        match node:
            case ast.Constant(value=value) if value is not Ellipsis:
                return value
            case ast.Name(id=name) if name in self.names:
                return self.names[name]
            case _:
                return self._paid(self._made(node))

    def _paid(self, value: object) -> object:
        """A new value, if there may be one of this size."""
        waiting = [value]
        while waiting:
            part = waiting.pop()
            self._left -= 1 + (len(part) if isinstance(part, str | bytes) else 0)
            if self._left < 0:
                beyond(CONSTANTS)
                raise UnclearError
            if isinstance(part, dict):
                waiting += [*part, *part.values()]
            elif isinstance(part, list | tuple | set):
                waiting += part
        return value

    def _made(self, node: ast.expr) -> object:
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return _number(operator.neg, self.value(operand))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return not self.value(operand)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return _small(_OPERATORS[type(op)], self.value(left), self.value(right))
            case ast.JoinedStr(values=parts):
                return "".join(self._formatted(part) for part in parts)
            case ast.Call(func=function, args=args, keywords=keywords):
                return self._called(function, args, keywords)
            case ast.List(elts=items):
                return [self.value(item) for item in items]
            case ast.Tuple(elts=items):
                return tuple(self.value(item) for item in items)
            case ast.Set(elts=items):
                return {self.value(item) for item in items}
            case ast.Dict(keys=keys, values=values) if None not in keys:
                return {self.value(k): self.value(v) for k, v in zip(keys, values, strict=True) if k}
            case _:
                raise UnclearError

    def _formatted(self, part: ast.expr) -> str:
        match part:
            case ast.Constant(value=str(text)):
                return text
            case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
                value = self.value(inner)
                if isinstance(value, str | int):
                    self._paid(value)
                    return str(value)
        raise UnclearError

    def _called(self, function: ast.expr, args: list[ast.expr], keywords: list[ast.keyword]) -> object:
        word = ast.unparse(function)
        if word not in _FUNCTIONS or word.partition(".")[0] in self.names:
            raise UnclearError
        given = {keyword.arg: self.value(keyword.value) for keyword in keywords if keyword.arg}
        if len(given) != len(keywords) or any(isinstance(arg, ast.Starred) for arg in args):
            raise UnclearError
        passed = [self.value(arg) for arg in args]
        self._paid([*passed, *given.values()])
        return _FUNCTIONS[word](*passed, **given)


def _number(function: Callable[..., object], value: object) -> object:
    if not isinstance(value, int | float | timedelta):
        raise UnclearError
    return function(value)


def _small(function: Callable[[object, object], object], left: object, right: object) -> object:
    """The result of an operator, unless it is too large."""
    sizes = [len(side) for side in (left, right) if isinstance(side, str | bytes | list | tuple)]
    counts = [side for side in (left, right) if isinstance(side, int)]
    if sum(sizes) * max(counts, default=1) > CONSTANTS.most or any(abs(count) > 10**30 for count in counts):
        beyond(CONSTANTS)
        raise UnclearError
    return function(left, right)
