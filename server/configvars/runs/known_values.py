"""The values that expressions have on a deployed app, where they can be told."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from configvars.flow_model import NO, YES
from configvars.limits import CONDITION_VALUE


class Known(Struct, frozen=True):
    """A value that is written in the code: a string, number, bool, None, or a tuple of such values."""

    value: object


class Text(Struct, frozen=True):
    """A string whose content is not known; `truth` is whether it is not empty, None if that is not known."""

    truth: bool | None = None


class Unset(Struct, frozen=True):
    """A variable that is certainly not set."""


State = Callable[[str], Text | Unset | None]
"""What an app has as a variable; None if that is not known."""
Value = Known | Text | None
"""None: nothing is known about the value."""

_STRIPPING = frozenset({"strip", "lstrip", "rstrip"})
_CASES = frozenset({"lower", "upper", "casefold", "title", "capitalize", "swapcase"})
_ASKING = frozenset(
    {"startswith", "endswith", "isdigit", "isnumeric", "isdecimal", "isupper", "islower", "split"}
)
_COMPARED: Mapping[str, Callable[[Any, Any], object]] = MappingProxyType(
    {
        "==": operator.eq,
        "!=": operator.ne,
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
        "is": operator.eq,
        "is not": operator.ne,
    }
)


def truth(value: Value) -> bool | None:
    """Whether a value counts as true; None if that is not known."""
    if isinstance(value, Known):
        return bool(value.value)
    return value.truth if isinstance(value, Text) else None


def method(value: Value, name: str, arguments: tuple[Value, ...]) -> Value:
    """The result of a method of a string."""
    if isinstance(value, Text):
        return value if name in _CASES and not arguments else Text() if name in _STRIPPING else None
    if not isinstance(value, Known) or not isinstance(value.value, str):
        return None
    if name not in _STRIPPING | _CASES | _ASKING:
        return None
    return _safely(lambda: getattr(value.value, name)(*map(_content, arguments)))


def converted(value: Value, by: str) -> Value:
    """The result of a conversion; `flag` is how libraries convert words such as `yes` to a bool."""
    if by in ("", "str") and not isinstance(value, Known):
        return value
    if not isinstance(value, Known):
        return None
    one = value.value
    match by:
        case "":
            return value
        case "flag" if isinstance(one, str):
            return Known(True) if one.lower() in YES else Known(False) if one.lower() in NO else None
        case "flag" if isinstance(one, bool | int):
            return Known(bool(one))
        case "bool":
            return Known(bool(one))
        case "str" if isinstance(one, str):
            return value
        case "int" if isinstance(one, str | int):
            return _safely(lambda: int(one))
        case "float" if isinstance(one, str | int | float):
            return _safely(lambda: float(one))
        case _:
            return None


def compared(left: Value, sign: str, right: Value) -> bool | None:
    """The result of a comparison; None if it is not known."""
    if isinstance(left, Text) or isinstance(right, Text):
        return _with_text(left, sign, right)
    if left is None or right is None:
        return None
    if sign in ("in", "not in"):
        found = _safely(lambda: operator.contains(right.value, left.value))  # type: ignore[arg-type]
    elif sign in ("is", "is not") and not all(one.value in (None, True, False) for one in (left, right)):
        return None
    else:
        compare = _COMPARED.get(sign)
        found = _safely(lambda: compare(left.value, right.value)) if compare else None
    if found is None:
        return None
    return not found.value if sign == "not in" else bool(found.value)


def _with_text(left: Value, sign: str, right: Value) -> bool | None:
    """A comparison with a string whose content is not known: it is no number, and not None."""
    text, other = (left, right) if isinstance(left, Text) else (right, left)
    if not isinstance(text, Text) or not isinstance(other, Known) or sign in ("<", "<=", ">", ">="):
        return None
    if sign in ("in", "not in"):
        has_strings = isinstance(other.value, str) or (
            isinstance(other.value, tuple) and any(isinstance(one, str) for one in other.value)
        )
        return None if has_strings or text is right else sign == "not in"
    if isinstance(other.value, str) and not (other.value == "" and text.truth):
        return None
    return sign in ("!=", "is not")


def _content(value: Value) -> object:
    if isinstance(value, Known):
        return value.value
    raise TypeError


def _safely(make: Callable[[], object]) -> Known | None:
    """What a function of the standard library returns; None if it raises, or if it is too large."""
    try:
        found = make()
    except (TypeError, ValueError, OverflowError):
        return None
    found = tuple(found) if isinstance(found, list) else found
    return None if isinstance(found, str | tuple) and len(found) > CONDITION_VALUE.most else Known(found)
