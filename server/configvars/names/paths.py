"""Paths that code builds from `__file__`, as far as needed to find an env file."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from configvars.limits import PARENTS, beyond
from configvars.names.values import UNKNOWN, Arguments, FilePath, Sequence, Str, Value

_SAME = frozenset({"resolve", "absolute", "expanduser", "as_posix", "__str__"})


def join(parts: list[Value]) -> Value:
    """The path `a / b` or `os.path.join(a, b)`; unknown if a part is not known."""
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
    """`path.parent`, and `path.parents` (before an index)."""
    parent = posixpath.dirname(_plain(of))
    if name == "parents":
        above = [parent]
        while above[-1] != posixpath.dirname(above[-1]):
            if len(above) >= PARENTS.most:
                beyond(PARENTS)
                break
            above.append(posixpath.dirname(above[-1]))
        return Sequence(tuple(FilePath(path) for path in above))
    return FilePath(parent) if name == "parent" else UNKNOWN


def method(name: str, of: FilePath, given: tuple[Value, ...]) -> Value:
    """The result of a method of a path."""
    if name in _SAME:
        return of
    if name == "joinpath":
        return join([of, *given])
    if name == "with_name" and given and isinstance(given[0], Str):
        return FilePath(posixpath.join(posixpath.dirname(_plain(of)), given[0].text))
    return UNKNOWN


def _plain(path: FilePath) -> str:
    return path.path.replace("\\", "/")


def _first(evaluator: object, given: Arguments) -> Value:
    value = given.positional[0] if given.positional else UNKNOWN
    return value if isinstance(value, FilePath | Str) else UNKNOWN


def _here(evaluator: object, given: Arguments) -> Value:
    return Str("")


def _path(evaluator: object, given: Arguments) -> Value:
    return join(list(given.positional))


def _parent(evaluator: object, given: Arguments) -> Value:
    value = _first(evaluator, given)
    if isinstance(value, FilePath):
        return FilePath(posixpath.dirname(_plain(value)))
    return Str(posixpath.dirname(value.text), value.written) if isinstance(value, Str) else UNKNOWN


FUNCTIONS: dict[str, Callable[[object, Arguments], Value]] = {
    "os.path.join": _path,
    "os.path.dirname": _parent,
    "os.path.abspath": _first,
    "os.path.realpath": _first,
    "os.path.normpath": _first,
    "os.path.expanduser": _first,
    "os.fspath": _first,
    "os.getcwd": _here,
    "pathlib.Path.cwd": _here,
    "pathlib.Path": _path,
    "pathlib.PurePath": _path,
}

__all__ = ["FUNCTIONS", "join", "member", "method"]
