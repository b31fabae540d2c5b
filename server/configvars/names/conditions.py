"""The conditions that a function puts on its parameters, compared with what callers pass."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from configvars.names.calls import Given
from configvars.names.values import (
    Class,
    Condition,
    External,
    Function,
    Known,
    Mapping,
    Module,
    Nothing,
    Parameter,
    Sequence,
    Str,
    Value,
)

All = frozenset[Condition]
"""Conditions of which all must be met."""


def truth(value: Value) -> bool | None:
    """Whether a value counts as true; None if that is not known."""
    match value:
        case Nothing():
            return value.is_sentinel
        case Known() if value.text in ("True", "False"):
            return value.text == "True"
        case Known() if value.text.isdecimal():
            return value.text.strip("0") != ""  # Python converts at most 4,300 digits
        case Str():
            return bool(value.text)
        case Sequence() | Mapping():
            return bool(value.items)
        case Function() | Class() | Module():
            return True
        case External() if _is_builtin(value):
            return True
        case _:
            return None


BREAKS = External("fails with None")
"""A function that raises where it is given `None`."""
_BREAKING = frozenset({"builtins.int", "builtins.float", "builtins.len", "builtins.list", "builtins.set"})


def same(one: Value, other: Value) -> bool | None:
    """Whether two values are equal; None if that is not known."""
    if other == BREAKS:
        return isinstance(one, External) and one.path in _BREAKING
    if isinstance(other, Class):
        is_data = isinstance(one, Nothing | Str | Known | Sequence | Mapping)
        return one == other if isinstance(one, Class) else False if is_data else None
    if isinstance(one, Str) and isinstance(other, Str):
        return one.text == other.text
    is_code = isinstance(one, Function | Class | Module) or (
        isinstance(one, External) and "(" not in one.path
    )
    if is_code and isinstance(other, Nothing):
        return False
    kinds = (Nothing, Str, Known)
    if not isinstance(one, kinds) or not isinstance(other, kinds):
        return None
    if isinstance(one, Known) and isinstance(other, Known):
        return one.text == other.text if one.text and other.text else None
    return one == other


def _is_builtin(value: Value) -> bool:
    return isinstance(value, External) and value.path.startswith("builtins.") and "(" not in value.path


def met(conditions: All, given: Given) -> bool | All:
    """Whether a call meets conditions: True, False, or the conditions left to its own caller.

    False also if that is not known.
    """
    left: set[Condition] = set()
    for one in conditions:
        value = given.get((one.of.name, one.of.owner), one.of)
        if isinstance(value, Parameter):
            left.add(replace(one, of=replace(value, default=None)))
            continue
        said = truth(value) if one.same is None else same(value, one.same)
        if said is not one.holds:
            return False
    return frozenset(left) or True


def left(several: Iterable[All], given: Given) -> tuple[All, ...]:
    """The alternatives that a call meets or leaves to its own caller, without the parts that it meets."""
    found = (met(conditions, given) for conditions in several)
    return tuple(frozenset() if said is True else said for said in found if said is not False)


def is_unmet(conditions: Iterable[Condition], given: Given) -> bool:
    """Whether a call certainly fails one of several conditions."""
    for one in conditions:
        value = given.get((one.of.name, one.of.owner), one.of)
        said = truth(value) if one.same is None else same(value, one.same)
        if said is not None and said is not one.holds:
            return True
    return False


def fewest(found: Iterable[All], most: int) -> tuple[All, ...]:
    """The alternatives without those that a weaker one implies; at most `most` of them."""
    kept: list[All] = []
    for one in sorted(set(found), key=lambda one: (len(one), sorted(map(repr, one)))):
        if not any(weaker <= one for weaker in kept):
            kept.append(one)
    return tuple(kept[:most])
