"""Apps of a class that a project derives from Flask: `class App(Flask)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.runs.starting.class_statements import PLAIN_BASES, closed, outside_bases
from configvars.runs.starting.values import Class, FlaskApp, Function, Scope, Value, forget
from configvars.syntax.python import Node

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls

_FLASK = frozenset({"flask.Flask", "flask.app.Flask"})
# With these a class decides what the configuration contains, or which key signs the session.
_CONFIGURING = frozenset(
    {"config_class", "default_config", "make_config", "secret_key", "session_interface", "testing"}
)
_REPLACING = frozenset(
    {"__getattr__", "__getattribute__", "__init_subclass__", "__new__", "__setattr__", "config"}
)


def own_app(
    calls: Calls, scope: Scope, node: Node, one: Class, positional: list[Value], named_ones: dict[str, Value]
) -> Value | None:
    """An app of a class of the folder that is based on Flask only; None for other classes."""
    outside = outside_bases(calls.expressions, one) - PLAIN_BASES
    if len(outside) != 1 or not outside <= _FLASK or any(map(one.has, _REPLACING)):
        return None
    app = FlaskApp(of=closed(one))
    made = Value(known=app)
    if any(map(one.has, _CONFIGURING)):
        forget(app.config)
    calls.machine.apps.append(app)
    start = app.of.find("__init__") if app.of is not None else None
    if start is not None and isinstance(start.known, Function):
        calls.entered(scope, node, replace(start.known, bound=made), positional, named_ones)
    return made
