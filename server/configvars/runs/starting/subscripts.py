"""Items of dicts and lists, and parts of strings, while a program starts."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from configvars.catalog.flask_keys import flask_key
from configvars.runs.parsed_code import stored_names
from configvars.runs.starting.call import Call
from configvars.runs.starting.enumerations import looked_up_by_name
from configvars.runs.starting.exact import depending, valid
from configvars.runs.starting.flask_config import lacks
from configvars.runs.starting.machine import words
from configvars.runs.starting.refused_by_libraries import refused_by_library
from configvars.runs.starting.values import (
    NONE,
    UNKNOWN,
    Class,
    Constant,
    External,
    Items,
    Scope,
    Table,
    Value,
    constant,
)
from configvars.syntax.python import Node

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions


def item_of(expressions: Expressions, scope: Scope, node: Node) -> Value:
    """`values[key]`."""
    on = expressions.value(scope, node.child_by_field_name("value"))
    key = expressions.value(scope, node.child_by_field_name("subscript"))
    expressions.machine.fail(scope.module, node, expressions.machine.none_without(on), kind=TypeError)
    if (found := _chosen(expressions, scope, node, on, key)) is not None:
        return found
    match on.known, key.known:
        case External("os.environ"), Constant(str(word)):
            return expressions.machine.required(scope.module, node, word)
        case External(path), _:
            refused_by_library(expressions.machine, Call(scope, node, f"{path}[]", [key], {}))
            return UNKNOWN
        case Class() as one, _:
            looked_up_by_name(expressions, scope, node, one, key)
            return UNKNOWN
        case Table() as table, Constant(str(word)):
            if table.is_config and not table.open and flask_key(word) is None:
                expressions.machine.fail(scope.module, node, lacks(table, word), kind=KeyError)
            return table.items.get(word, UNKNOWN)
        case Table(open=False) as table, None:
            expressions.machine.environment.offer(key, table.items)
            return UNKNOWN
        case Items(values), Constant(int(index)) if -len(values) <= index < len(values):
            return values[index]
        case _:
            return UNKNOWN


def slice_of(expressions: Expressions, scope: Scope, node: Node) -> Value:
    """The bounds of `text[1:-1]`."""
    bounds: list[Value] = [NONE]
    for each in node.children:
        if each.type == ":":
            bounds.append(NONE)
        else:
            bounds[-1] = expressions.value(scope, each)
    found = expressions.machine.content(*bounds)
    return UNKNOWN if found is None or found[1] else constant(slice(*found[0]))


def _chosen(expressions: Expressions, scope: Scope, node: Node, on: Value, key: Value) -> Value | None:
    """The item of a dict or a list that a variable chooses which is not set; None for others."""
    name = words(node.child_by_field_name("value"), scope.module).rpartition(".")[2]
    if name in stored_names(expressions.machine.project):
        return None
    exact = valid(on, expressions.machine.unset)
    chosen = expressions.machine.content(key)
    table = on.known if exact is None else exact.known
    if chosen is None or not isinstance(table, Table) or table.open or table.is_config:
        return expressions.machine.computed(scope.module, node, operator.getitem, on, key)
    by = chosen[1].union(exact.by if exact is not None else ())
    word = chosen[0][0]
    if by and (not isinstance(word, str) or word not in table.items):
        expressions.machine.fail_without(scope.module, node, by)
        return UNKNOWN
    return depending(table.items[word], by) if by and isinstance(word, str) else None
