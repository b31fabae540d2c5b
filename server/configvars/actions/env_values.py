"""Python values as strings in the environment, and expressions that convert them back."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import timedelta

from msgspec import Struct

from configvars.secret import Secret

OS = "import os"
JSON = "import json"
TIMEDELTA = "from datetime import timedelta"


class Conversion(Struct, frozen=True):
    """How to store a value in the environment.

    `text` is the string for the environment; `read` turns an expression for that string into one for the
    value; `imports` are the import statements that this expression needs.
    """

    text: Secret
    read: Callable[[str], str]
    imports: frozenset[str] = frozenset()


def conversion(value: object) -> Conversion | None:
    """How to store a value in the environment; None if it could not be restored exactly."""
    match value:
        case bool():
            return Conversion(Secret(str(value).lower()), lambda text: f'{text}.lower() == "true"')
        case str():
            return Conversion(Secret(value), lambda text: text)
        case int():
            return Conversion(Secret(str(value)), lambda text: f"int({text})")
        case float() if math.isfinite(value):
            return Conversion(Secret(repr(value)), lambda text: f"float({text})")
        case bytes():
            return _of_bytes(value)
        case timedelta() if value.microseconds == 0:
            seconds = Secret(str(value.days * 86400 + value.seconds))
            return Conversion(seconds, lambda text: f"timedelta(seconds=int({text}))", frozenset({TIMEDELTA}))
        case list() | dict():
            return _of_json(value, "json.loads({})")
        case tuple():
            return _of_json(list(value), "tuple(json.loads({}))")
        case set() if all(isinstance(item, str) for item in value):
            return _of_json(sorted(value), "set(json.loads({}))")
        case _:
            return None


def default_literal(value: object, literal: str) -> str | None:
    """The literal of a value's string, for the second argument of `os.environ.get`; None if it is long.

    `literal` is how the code writes the value.
    """
    match value:
        case str():
            return literal
        case bool():
            return f'"{value}"'.lower()
        case int() | float():
            return f'"{value!r}"'
        case _:
            return None


def _of_bytes(value: bytes) -> Conversion | None:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return None
    return Conversion(Secret(text), lambda text: f"{text}.encode()")


def _of_json(value: object, expression: str) -> Conversion | None:
    """Whether JSON restores a value exactly, including types and order."""
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        return None
    if repr(json.loads(text)) != repr(value):
        return None
    return Conversion(Secret(text), expression.format, frozenset({JSON}))
