"""What assignments do while a program starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.runs.starting.comparing import is_environ
from configvars.runs.starting.exact import without
from configvars.runs.starting.flask_config import set_attribute
from configvars.runs.starting.machine import Machine, words
from configvars.runs.starting.values import (
    NO_READS,
    UNKNOWN,
    Class,
    Constant,
    FlaskApp,
    Module,
    Object,
    Scope,
    Table,
    Value,
    forget,
    text_of,
)
from configvars.syntax.python import Node, named

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
        expressions.bind(scope, target, _conditioned(expressions.machine, scope, target, value))


def _conditioned(machine: Machine, scope: Scope, target: Node, value: Value) -> Value:
    """A constant that a name gets only because variables are not set; if they are set, it keeps its value."""
    by = machine.own_because()
    if target.type != "identifier" or not isinstance(value.known, Constant):
        return value
    found, old = without(value, by), scope.names.get(words(target, scope.module), UNKNOWN)
    return replace(found, empty=found.empty | old.empty) if found.empty else found


def kept_flags(expressions: Expressions, scope: Scope, block: Node) -> dict[str, Value]:
    """The names that are false or true because variables are not set, and stay so if a block runs."""
    kept: dict[str, Value] = {}
    for statement in named(block):
        each = next(iter(named(statement)), None)
        if statement.type != "expression_statement" or each is None:
            return {}
        target = each.child_by_field_name("left") if each.type == "assignment" else None
        if target is None or target.type != "identifier":
            continue
        word = words(target, scope.module)
        known = expressions.quietly(scope, each.child_by_field_name("right")).known
        old, is_true = scope.names.get(word, UNKNOWN), isinstance(known, Constant) and bool(known.content)
        kept[word] = Value(filled=old.filled) if is_true else Value(empty=old.empty)
        if not isinstance(known, Constant):
            kept[word] = UNKNOWN
    return kept


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
