"""The results of functions and methods of Python itself while a program starts."""

from __future__ import annotations

from copy import copy

from configvars.runs.known_values import Known, method
from configvars.runs.starting.call import Call
from configvars.runs.starting.values import (
    NO_READS,
    NONE,
    UNKNOWN,
    BoundMethod,
    Constant,
    External,
    FlaskApp,
    Items,
    Table,
    Value,
    follows,
    text_of,
)

COLLECTING = ("frozenset", "list", "set", "sorted", "tuple")
_CONSUMING = frozenset(f"builtins.{name}" for name in (*COLLECTING, "dict", "max", "min", "sum"))
_AS_LONG = frozenset(f"builtins.{name}" for name in (*COLLECTING, "len"))
_EMPTY_OF_EMPTY = frozenset(
    {"casefold", "lower", "lstrip", "removeprefix", "removesuffix", "replace", "rstrip", "strip", "upper"}
)
LOOKING = frozenset(
    {"copy", "count", "difference", "index", "intersection", "isdisjoint", "issubset", "issuperset", "union"}
)
_SAME_KEY = frozenset({"casefold", "lower", "strip"})
_PURE = frozenset(
    {"builtins.print", "builtins.str", "builtins.isinstance", "builtins.repr", "builtins.super"}
)


def result_of(call: Call) -> Value | None:
    """The result of a function that changes nothing; None for others."""
    first, path = call.first, call.path
    items = first.known.values if isinstance(first.known, Items) else ()
    match path:
        case "flask.Flask":
            return Value(known=FlaskApp())
        case "alembic.context.is_offline_mode":  # only with `--sql`, which migrates nothing
            return Value(known=Constant(False))
        case "builtins.bool":
            return Value(empty=first.empty, filled=first.filled)
        case "builtins.any":
            return Value(filled=NO_READS.union(*(each.filled for each in items)))
        case "builtins.all":
            return Value(empty=NO_READS.union(*(each.empty for each in items)))
        case "builtins.dict" if not call.positional:
            return Value(known=Table(dict(call.named)))
        case "builtins.str" if text_of(first) is not None:
            return first
        case _ if path in _AS_LONG:
            is_kept = isinstance(first.known, Items) and path != "builtins.len"
            return Value(filled=first.filled, known=copy(first.known) if is_kept else None)
        case _:
            return UNKNOWN if path in _PURE else None


def of_string(on: Value, name: str, positional: list[Value]) -> Value:
    """The result of a method of a string that is known, or that is the content of a variable."""
    content = text_of(on)
    if content is None:
        chosen = on.chosen if name in _SAME_KEY and not positional else ""
        return Value(empty=on.empty if name in _EMPTY_OF_EMPTY else NO_READS, chosen=chosen)
    given = [text_of(each) for each in positional]
    if None in given:
        return UNKNOWN
    found = method(Known(content), name, tuple(map(Known, given)))
    is_plain = isinstance(found, Known) and isinstance(found.value, str | bool)
    return follows(found.value, on, *positional) if is_plain and isinstance(found, Known) else UNKNOWN


def looked_up(table: Table, name: str, positional: list[Value]) -> Value:
    """The result of a method of a dict that changes nothing."""
    if name == "get":
        key = text_of(positional[0]) if positional else None
        other = UNKNOWN if table.open else positional[1] if len(positional) > 1 else NONE
        return table.items.get(key, other) if key is not None else UNKNOWN
    if table.open:
        return UNKNOWN
    keys = [Value(known=Constant(key)) for key in table.items]
    match name:
        case "items":
            pairs = zip(keys, table.items.values(), strict=True)
            return Value(known=Items(tuple(Value(known=Items(pair)) for pair in pairs)))
        case "values":
            return Value(known=Items(tuple(table.items.values())))
        case _:
            return Value(known=Items(tuple(keys)))


def consumes(function: Value) -> bool:
    """Whether a call uses all items of its argument."""
    match function.known:
        case BoundMethod(name=name):
            return name == "join"
        case External(path):
            return path in _CONSUMING
        case _:
            return False
