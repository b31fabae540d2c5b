"""Limits on the size of values: a value that doubles with each line soon becomes too large."""

from __future__ import annotations

from configvars.limits import PIECES, TEXT, VALUE, VALUE_LEVELS, Hits
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    Asked,
    External,
    FilePath,
    Function,
    Instance,
    Item,
    Join,
    Mapping,
    Method,
    OneOf,
    Parameter,
    Sequence,
    Str,
    Value,
)

_Parts = tuple[Value, ...]


def bounded(value: Value, hits: Hits) -> Value:
    """The value, or an unknown value if it is too large."""
    return value if size(value, VALUE.most, hits) is not None else UNKNOWN


def bounded_arguments(given: Arguments, hits: Hits) -> Arguments:
    """The arguments of a call; those that are too large together with the ones before become unknown."""
    left = VALUE.most

    def kept(value: Value) -> Value:
        nonlocal left
        known = size(value, left, hits)
        if known is None:
            return UNKNOWN
        left -= known
        return value

    positional = tuple(kept(value) for value in given.positional)
    return Arguments(positional, tuple((name, kept(value)) for name, value in given.keywords), given.rest)


def size(value: Value, most: int, hits: Hits) -> int | None:
    """The number of values in a value.

    None (and counted as a hit) if there are too many, or too many levels.
    """
    found = 0
    waiting = [(value, 0)]
    while waiting:
        part, level = waiting.pop()
        found += 1
        if isinstance(part, FilePath) and len(part.path) > TEXT.most:
            hits.count(TEXT)
            return None
        inner = _parts(part)
        if not inner:
            continue
        if found + len(waiting) + len(inner) > most:
            hits.count(VALUE)
            return None
        if level >= VALUE_LEVELS.most:
            hits.count(VALUE_LEVELS)
            return None
        deeper = level if isinstance(part, External) else level + 1
        waiting += [(one, deeper) for one in inner]
    return found


def _parts(value: Value) -> _Parts:
    """The parts of a value. Classes and functions have none: they are compared by where they are written."""
    match value:
        case OneOf():
            return value.values
        case Sequence():
            return value.items
        case Mapping():
            return tuple(part for pair in value.items for part in pair)
        case External():
            return _of_external(value)
        case Join():
            return value.parts
        case Str() | Method() | Asked() | Item():
            return _of_text(value)
        case Parameter() if value.default is not None:
            return (value.default,)
        case Instance() | Function() if value.bound:
            return tuple(part for _, part in value.bound)
        case _:
            return ()


def _of_text(value: Str | Method | Asked | Item) -> _Parts:
    if isinstance(value, Asked):
        return (value.usual, *value.given.positional, *(part for _, part in value.given.keywords))
    return () if value.of is None else (value.of,)


def _of_external(value: External) -> _Parts:
    found: list[Value] = [] if value.of is None else [value.of]
    for given in (value.arguments, value.given):
        if given is not None:
            found += (*given.positional, *(part for _, part in given.keywords))
    return tuple(found)


def is_too_long(parts: list[Value], hits: Hits | None) -> bool:
    """Whether concatenated strings have more parts, or more characters, than any name or path."""
    pieces = length = 0
    for part in parts:
        for piece in part.parts if isinstance(part, Join) else (part,):
            pieces += max(1, len(piece.written)) if isinstance(piece, Str) else 1
            length += len(piece.text) if isinstance(piece, Str) else 0
    limit = TEXT if length > TEXT.most else PIECES if pieces > PIECES.most else None
    if limit is not None and hits is not None:
        hits.count(limit)
    return limit is not None
