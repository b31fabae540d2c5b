"""What assignments do while a program starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.runs.starting.comparing import is_environ
from configvars.runs.starting.flask_config import set_attribute
from configvars.runs.starting.machine import words
from configvars.runs.starting.values import (
    Class,
    FlaskApp,
    Module,
    Object,
    Scope,
    Table,
    Value,
    forget,
    text_of,
)
from configvars.syntax.python import Node

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions


def assign(expressions: Expressions, scope: Scope, target: Node | None, value: Value) -> None:
    """Do what an assignment to a name, an attribute or an item does."""
    if target is None:
        return
    if target.type == "attribute":
        on = expressions.value(scope, target.child_by_field_name("object"))
        name = words(target.child_by_field_name("attribute"), scope.module)
        match on.known:
            case Object() as one:
                one.names[name] = value
            case Class() as one:
                one.names[name] = value
            case Module() as module:
                module.names[name] = value
            case FlaskApp(config):
                set_attribute(config, name, value)
            case _:
                forget(on)
    elif target.type == "subscript":
        _assign_item(expressions, scope, target, value)
    else:
        expressions.bind(scope, target, value)


def _assign_item(expressions: Expressions, scope: Scope, target: Node, value: Value) -> None:
    on = expressions.value(scope, target.child_by_field_name("value"))
    key = text_of(expressions.value(scope, target.child_by_field_name("subscript")))
    if is_environ(on):
        expressions.machine.environment.assign(key or "", value, as_default=False)
    elif isinstance(on.known, Table) and key is not None:
        on.known.items[key] = value
    else:
        forget(on)
