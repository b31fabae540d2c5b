"""The values of the names in a configuration file, evaluated without running the file."""

from __future__ import annotations

import ast
import operator
import os.path
from collections.abc import Callable, Mapping
from datetime import timedelta

_MAX_SIZE = 100_000
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
    names: dict[str, object] = {"__file__": path}
    try:
        for statement in ast.parse(text).body:
            _run(statement, names)
    except (*_UNCLEAR, UnclearError):
        return None
    del names["__file__"]
    return names


def constant(expression: str) -> object:
    """The value of an expression of literals. Raises `UnclearError` for any other expression."""
    try:
        return value_of(ast.parse(f"({expression}\n)", mode="eval").body, {})
    except _UNCLEAR as error:
        raise UnclearError from error


def _run(statement: ast.stmt, names: dict[str, object]) -> None:
    match statement:
        case ast.Assign(targets=targets, value=expression):
            value = value_of(expression, names)
            for target in targets:
                _assign(target, value, names)
        case ast.AnnAssign(target=ast.Name(id=name), value=expression) if expression is not None:
            names[name] = value_of(expression, names)
        case ast.Import(names=aliases) if all(a.name in ("os", "datetime") and not a.asname for a in aliases):
            pass
        case ast.ImportFrom(module="datetime", names=[ast.alias(name="timedelta", asname=None)]):
            pass
        case ast.Expr(value=ast.Constant()) | ast.Pass():
            pass
        case _:
            raise UnclearError


def _assign(target: ast.expr, value: object, names: dict[str, object]) -> None:
    match target:
        case ast.Name(id=name):
            names[name] = value
        case ast.Tuple(elts=parts) if isinstance(value, tuple) and len(parts) == len(value):
            for part, item in zip(parts, value, strict=True):
                _assign(part, item, names)
        case _:
            raise UnclearError


def value_of(node: ast.expr, names: Mapping[str, object]) -> object:
    """The value of an expression of constants. Raises `UnclearError`, or the exception of the expression."""
    match node:
        case ast.Constant(value=value) if value is not Ellipsis:
            return value
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _number(operator.neg, value_of(operand, names))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not value_of(operand, names)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _small(_OPERATORS[type(op)], value_of(left, names), value_of(right, names))
        case ast.JoinedStr(values=parts):
            return "".join(_formatted(part, names) for part in parts)
        case ast.Call(func=function, args=args, keywords=keywords):
            return _call(function, args, keywords, names)
        case _:
            return _display(node, names)


def _display(node: ast.expr, names: Mapping[str, object]) -> object:
    match node:
        case ast.List(elts=items):
            return [value_of(item, names) for item in items]
        case ast.Tuple(elts=items):
            return tuple(value_of(item, names) for item in items)
        case ast.Set(elts=items):
            return {value_of(item, names) for item in items}
        case ast.Dict(keys=keys, values=values) if None not in keys:
            return {value_of(k, names): value_of(v, names) for k, v in zip(keys, values, strict=True) if k}
        case _:
            raise UnclearError


def _number(function: Callable[..., object], value: object) -> object:
    if not isinstance(value, int | float | timedelta):
        raise UnclearError
    return function(value)


def _small(function: Callable[[object, object], object], left: object, right: object) -> object:
    """The result of an operator, unless it repeats a value too many times."""
    sizes = [len(side) for side in (left, right) if isinstance(side, str | bytes | list | tuple)]
    counts = [side for side in (left, right) if isinstance(side, int)]
    if sizes and counts and max(sizes) * max(counts) > _MAX_SIZE:
        raise UnclearError
    if any(abs(count) > 10**30 for count in counts):
        raise UnclearError
    return function(left, right)


def _formatted(part: ast.expr, names: Mapping[str, object]) -> str:
    match part:
        case ast.Constant(value=str(text)):
            return text
        case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
            value = value_of(inner, names)
            if isinstance(value, str | int):
                return str(value)
    raise UnclearError


def _call(
    function: ast.expr, args: list[ast.expr], keywords: list[ast.keyword], names: Mapping[str, object]
) -> object:
    word = ast.unparse(function)
    if word not in _FUNCTIONS or word.partition(".")[0] in names:
        raise UnclearError
    given = {keyword.arg: value_of(keyword.value, names) for keyword in keywords if keyword.arg}
    if len(given) != len(keywords) or any(isinstance(arg, ast.Starred) for arg in args):
        raise UnclearError
    return _FUNCTIONS[word](*(value_of(arg, names) for arg in args), **given)
