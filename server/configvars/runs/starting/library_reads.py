"""What python-decouple, environs, django-environ and Starlette return for variables that are not set.

Without a cast, all of them return the default as it is. python-decouple casts it as well, also None, and so
does Starlette, except None. Tried with python-decouple 3.8, environs 15, django-environ 0.14 and Starlette 1.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from configvars.runs.starting.call import Call
from configvars.runs.starting.pure import pure
from configvars.runs.starting.values import UNKNOWN, External, Function, Value, text_of

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls

# Objects that are called, with the position of the cast; None if they have none.
_CALLED: Mapping[str, int | None] = {
    "decouple.AutoConfig()": 2,
    "decouple.config": 2,
    "environ.Env()": None,
    "environ.FileAwareEnv()": None,
    "environs.Env()": None,
    "environs.env": None,
    "starlette.config.Config()": 1,
}
_METHODS = frozenset({"bool", "dict", "float", "int", "list", "str"})


def read_by_library(calls: Calls, call: Call) -> Value | None:
    """The result of a call that reads a variable with a default; None for other calls."""
    path = call.path
    owner, _, method = path.rpartition(".")
    is_method = owner.startswith("environ") and owner in _CALLED and method in _METHODS
    if path not in _CALLED and not is_method:
        return None
    if path.startswith("decouple.") and calls.machine.project.has_file(_settings_file(calls)):
        return None
    cast_at = None if is_method else _CALLED[path]
    name = text_of(call.first)
    default = call.argument("default", 2 if path.startswith("starlette.") else 1)
    if name is None or default is None or calls.machine.read_at(call.module, call.node, name) is None:
        return None
    value = calls.machine.read(call.module, call.node, name, default)
    cast = call.argument("cast", cast_at) if cast_at is not None else None
    if is_method and method not in ("str", "dict", "list"):
        return UNKNOWN  # the value is another one if the variable is set
    return value if cast is None else _cast(calls, call, cast, value)


def _settings_file(calls: Calls) -> str:
    """The file that python-decouple reads besides `.env`."""
    return os.path.join(calls.machine.project.root, "settings.ini")


def _cast(calls: Calls, call: Call, cast: Value, value: Value) -> Value:
    if value.exact is None or (call.path.startswith("starlette.") and calls.machine.none_without(value)):
        return UNKNOWN
    match cast.known:
        case Function() as function if not calls.machine.muted:
            return calls.entered(call.scope, call.node, function, [value], {})
        case External(name) if (function_of := pure(name)) is not None and name != "builtins.bool":
            return calls.machine.computed(call.module, call.node, function_of, value) or UNKNOWN
        case _:
            return UNKNOWN
