"""Values in a form for other files: with marks, which stay valid when another part of the file changes."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from configvars.limits import EXPORT_DEPTH, beyond
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    Asked,
    External,
    Function,
    Instance,
    Join,
    Mapping,
    Method,
    OneOf,
    Parameter,
    Sequence,
    Str,
    Value,
)
from configvars.text import Mark, Place

ToMark = Callable[[Place], Mark]
Inner = Callable[[Value], Value]


def portable(value: Value, mark: ToMark, depth: int = 0) -> Value:
    """A value with its places replaced by marks; unknown if it is nested too deeply."""
    if depth > EXPORT_DEPTH.most:
        beyond(EXPORT_DEPTH)
        return UNKNOWN

    def inner(part: Value) -> Value:
        return portable(part, mark, depth + 1)

    match value:
        case Str():
            written = tuple(mark(at) if isinstance(at, Place) else at for at in value.written)
            return Str(value.text, written, None if value.of is None else inner(value.of))
        case Parameter() if value.default is not None:
            return replace(value, default=inner(value.default))
        case Join():
            return Join(tuple(map(inner, value.parts)))
        case Method():
            return replace(value, of=inner(value.of))
        case Asked():
            given = _arguments(value.given, inner) or value.given
            return replace(value, given=given, usual=inner(value.usual))
        case External():
            return _external(value, inner)
        case Function():
            return _function(value, inner)
        case _:
            return _holder(value, inner)


def _holder(value: Value, inner: Inner) -> Value:
    match value:
        case OneOf():
            return OneOf(tuple(dict.fromkeys(map(inner, value.values))))
        case Sequence():
            return Sequence(tuple(map(inner, value.items)))
        case Mapping():
            return Mapping(tuple((inner(key), inner(item)) for key, item in value.items))
        case Instance():
            return replace(value, bound=tuple((parameter, inner(held)) for parameter, held in value.bound))
        case _:
            return value


def _function(value: Function, inner: Inner) -> Function:
    formals = tuple(
        formal if formal.default is None else replace(formal, default=inner(formal.default))
        for formal in value.formals
    )
    bound = tuple((parameter, inner(held)) for parameter, held in value.bound)
    return replace(value, formals=formals, bound=bound, given=_arguments(value.given, inner))


def _external(value: External, inner: Inner) -> External:
    if value.of is None and value.arguments is None:
        return value
    of = value.of if value.of is None else _external(value.of, inner)
    return replace(value, of=of, arguments=_arguments(value.arguments, inner))


def _arguments(given: Arguments | None, inner: Inner) -> Arguments | None:
    if given is None:
        return None
    keywords = tuple((name, inner(value)) for name, value in given.keywords)
    return Arguments(tuple(map(inner, given.positional)), keywords, given.rest)


def portable_arguments(given: Arguments, mark: ToMark) -> Arguments:
    """The arguments of a call in a form for other files."""

    def inner(part: Value) -> Value:
        return portable(part, mark, 1)

    return _arguments(given, inner) or given
