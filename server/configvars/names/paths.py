"""Paths that code builds from `__file__`, as far as it takes to find an env file."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any

from configvars.names.values import UNKNOWN, Arguments, FilePath, Known, Str, Value

_SAME = frozenset({"resolve", "absolute", "expanduser", "as_posix", "__str__"})


def join(parts: list[Value]) -> Value:
    """`a / b` or `os.path.join(a, b)`."""
    if not parts:
        return UNKNOWN
    first, *rest = parts
    if not all(isinstance(part, Str) for part in rest):
        return UNKNOWN
    texts = [part.text for part in rest if isinstance(part, Str)]
    if isinstance(first, FilePath):
        return FilePath(posixpath.normpath(posixpath.join(_plain(first), *texts)))
    if isinstance(first, Str):
        return Str(posixpath.join(first.text, *texts), first.written)
    return UNKNOWN


def member(of: FilePath, name: str) -> Value:
    """`path.parent`, and `path.parents` (which `[n]` follows)."""
    return FilePath(posixpath.dirname(_plain(of))) if name == "parent" else UNKNOWN


def method(name: str, of: FilePath, given: tuple[Value, ...]) -> Value:
    """A method of a path."""
    if name in _SAME:
        return of
    if name == "joinpath":
        return join([of, *given])
    if name == "with_name" and given and isinstance(given[0], Str):
        return FilePath(posixpath.join(posixpath.dirname(_plain(of)), given[0].text))
    return UNKNOWN


def _plain(path: FilePath) -> str:
    return path.path.replace("\\", "/")


def _first(evaluator: Any, given: Arguments) -> Value:
    value = given.positional[0] if given.positional else UNKNOWN
    return value if isinstance(value, FilePath | Str) else UNKNOWN


def _path(evaluator: Any, given: Arguments) -> Value:
    return join(list(given.positional))


def _parent(evaluator: Any, given: Arguments) -> Value:
    value = _first(evaluator, given)
    if isinstance(value, FilePath):
        return FilePath(posixpath.dirname(_plain(value)))
    return Str(posixpath.dirname(value.text), value.written) if isinstance(value, Str) else UNKNOWN


FUNCTIONS: dict[str, Callable[[Any, Arguments], Value]] = {
    "os.path.join": _path,
    "os.path.dirname": _parent,
    "os.path.abspath": _first,
    "os.path.realpath": _first,
    "os.path.normpath": _first,
    "os.path.expanduser": _first,
    "os.fspath": _first,
    "pathlib.Path": _path,
    "pathlib.PurePath": _path,
}

__all__ = ["FUNCTIONS", "Known", "join", "member", "method"]
