"""The instances of classes of the folder that a program makes while it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.runs.starting.enumerations import looked_up_by_value
from configvars.runs.starting.flask_classes import own_app
from configvars.runs.starting.pydantic_objects import made_by_pydantic
from configvars.runs.starting.values import UNKNOWN, Class, Function, Object, Scope, Value
from configvars.syntax.python import Node

if TYPE_CHECKING:
    from configvars.runs.starting.calls import Calls


def instance_of(
    calls: Calls, scope: Scope, node: Node, one: Class, positional: list[Value], named_ones: dict[str, Value]
) -> Value:
    """An instance of a class of the folder."""
    if one.open or one.find("__new__") is not None:
        if (made := made_by_pydantic(calls, scope, node, one, positional, named_ones)) is not None:
            return made
        if (app := own_app(calls, scope, node, one, positional, named_ones)) is not None:
            return app
        looked_up_by_value(calls.statements.expressions, scope, node, one, positional)
        calls.unknown(UNKNOWN, positional, named_ones)
        return Value(known=Object(one, open=True)) if one.outside else UNKNOWN
    instance = Object(one)
    made = Value(known=instance)
    start = one.find("__init__")
    if start is None and one.fields is not None:
        instance.names.update(zip(one.fields, positional, strict=False))
        instance.names.update(named_ones)
        for name, factory in one.factories.items():
            if name not in instance.names:
                function = calls.expressions.quietly(one.around or scope, factory)
                instance.names[name] = calls.applied(scope, node, function, [])
        for name in one.fields:
            default = calls.machine.class_attribute(one, name) if one.has(name) else None
            if name not in instance.names and default is not None:
                instance.names[name] = default
        start, positional, named_ones = one.find("__post_init__"), [], {}
    if start is not None and isinstance(start.known, Function):
        bound = Function(start.known.node, start.known.scope, start.known.defaults, start.known.kind, made)
        calls.entered(scope, node, bound, positional, named_ones)
    return made
