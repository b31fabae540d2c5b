"""What the methods of `app.config`, and of other dicts, put into it while a program starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.runs.starting.values import (
    NO_READS,
    UNKNOWN,
    Class,
    Module,
    Object,
    Reads,
    Scope,
    Table,
    Value,
    forget,
    text_of,
)
from configvars.syntax.python_imports import Import

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions


def configure(
    expressions: Expressions,
    scope: Scope,
    table: Table,
    method: str,
    positional: list[Value],
    named_ones: dict[str, Value],
) -> None:
    """Do what a method does to a dict; a method that is not known may change everything."""
    first = positional[0] if positional else None
    match method:
        case "from_object" if first is not None and not named_ones:
            _from_object(expressions, scope, table, first)
        case "from_mapping" | "update":
            given = first.known if first is not None else Table()
            if not isinstance(given, Table) or given.open or len(positional) > 1:
                table.forget()
            else:
                table.items.update(given.items)
                table.without.update(given.without)
                table.items.update(named_ones)
        case "setdefault" if first is not None and (key := text_of(first)) is not None:
            table.items.setdefault(key, UNKNOWN)
        case _:
            table.forget()


def lacks(table: Table, key: str) -> Reads:
    """The variables without which a dict does not have a key."""
    return NO_READS if key in table.items else table.without.get(key, table.unloaded)


def set_attribute(config: Value, name: str, value: Value) -> None:
    """Do what the assignment of an app's attribute does to its configuration."""
    if name == "secret_key" and isinstance(config.known, Table):
        config.known.items["SECRET_KEY"] = value
    elif name in ("config", "session_interface"):  # another session may need no key
        forget(config)


def _from_object(expressions: Expressions, scope: Scope, table: Table, given: Value) -> None:
    dotted = text_of(given)
    if dotted is not None:
        module, _, name = dotted.rpartition(".")
        statements = expressions.calls.statements
        expressions.machine.imports(
            statements, scope.module, Import(module, (name,)) if module else Import(name)
        )
        given = expressions.machine.meant(scope.module, dotted)
    names: set[str] = set()
    known = given.known
    match known:
        case Module(open=False) as module_of:
            names.update(module_of.names)
        case Class(open=False) as one:
            names.update(_names(one))
        case Object(open=False) as instance:
            names.update(_names(instance.of), instance.names)
        case _ if reads := expressions.machine.none_without(given):
            table.unloaded |= reads  # Flask takes nothing from None
        case _:
            table.forget()
    for each in sorted(names):
        if each.isupper():
            table.items[each] = expressions.attribute(scope, given, each)


def _names(one: Class) -> set[str]:
    return set(one.names).union(*(_names(base) for base in one.bases))
