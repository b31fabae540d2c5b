"""The dicts that a program makes while it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.runs.starting.exact import valid
from configvars.runs.starting.values import UNKNOWN, Items, Scope, Table, Value, text_of
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions


def table_of(expressions: Expressions, scope: Scope, node: Node) -> Value:
    """A dict that is written out."""
    table = Table()
    for pair in named(node):
        if pair.type == "dictionary_splat":
            expressions.unpacked(scope, pair)
        key = text_of(expressions.value(scope, pair.child_by_field_name("key")))
        value = expressions.value(scope, pair.child_by_field_name("value"))
        if pair.type != "pair" or key is None:
            table.forget()
        else:
            table.items[key] = value
    return Value(known=table)


def comprehended(expressions: Expressions, scope: Scope, node: Node) -> Value:
    """`{name: os.getenv(name) for name in NAMES}`."""
    table = Table()
    clauses = [each for each in named(node) if each.type == "for_in_clause"]
    source = expressions.value(scope, clauses[0].child_by_field_name("right")) if clauses else UNKNOWN
    expressions.machine.fail(scope.module, node, expressions.machine.none_without(source), kind=TypeError)
    pair = node.child_by_field_name("body")
    exact = valid(source, expressions.machine.unset)
    items = source.known if exact is None else exact.known
    if (
        not isinstance(items, Items) or items.open or pair is None or len(named(node)) != 2
    ):  # the pair, and one `for` without `if`
        table.forget()
        return Value(known=table)
    for item in items.values:
        inner = Scope(scope.module, {}, scope)
        expressions.bind(inner, clauses[0].child_by_field_name("left"), item)
        key = text_of(expressions.value(inner, pair.child_by_field_name("key")))
        value = expressions.value(inner, pair.child_by_field_name("value"))
        if key is None:
            table.forget()
        elif not table.open:
            table.items[key] = value
    return Value(known=table)
