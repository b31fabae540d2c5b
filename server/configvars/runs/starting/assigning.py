"""What assignments do while a program starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from configvars.runs.starting.comparing import is_environ
from configvars.runs.starting.flask_config import set_attribute
from configvars.runs.starting.machine import Machine, words
from configvars.runs.starting.values import (
    NO_READS,
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
        assign_attribute(on, name, value)
    elif target.type == "subscript":
        _assign_item(expressions, scope, target, value)
    else:
        expressions.bind(scope, target, value)


def assign_attribute(on: Value, name: str, value: Value) -> None:
    """Do what an assignment to an attribute does."""
    match on.known:
        case Object() if name == "__dict__":
            forget(on)
        case Object() | Class() | Module() as one:
            one.names[name] = value
        case FlaskApp(config):
            set_attribute(config, name, value)
        case _:
            forget(on)


def _assign_item(expressions: Expressions, scope: Scope, target: Node, value: Value) -> None:
    on = expressions.value(scope, target.child_by_field_name("value"))
    key = text_of(expressions.value(scope, target.child_by_field_name("subscript")))
    if is_environ(on):
        machine = expressions.machine
        machine.fail(scope.module, target, machine.none_without(value), kind=TypeError)  # not a string
        machine.environment.assign(key or "", value, as_default=False)
    elif isinstance(on.known, Table) and key is not None:
        on.known.items[key] = value
    elif isinstance(on.known, Module) and key is not None:  # `globals()[key]`
        on.known.names[key] = value
    else:
        forget(on)


def updated_environ(
    machine: Machine, scope: Scope, node: Node, given: Value, named_ones: Mapping[str, Value]
) -> None:
    """Note that `os.environ.update` fails on None."""
    values = (
        *(given.known.items.values() if isinstance(given.known, Table) else ()),
        *named_ones.values(),
    )
    machine.fail(scope.module, node, NO_READS.union(*map(machine.none_without, values)))
