"""The dicts that a program makes while it starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from configvars.runs.starting.exact import valid
from configvars.runs.starting.values import UNKNOWN, Items, Object, Scope, Table, Value, forget, text_of
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions


class Attributes(Table):
    """The `__dict__` of an object, whose attributes are the items."""

    of: Object | None = None

    def forget(self) -> None:
        """Unknown code may have changed the object."""
        super().forget()
        if self.of is not None:
            self.of.open = True


def attributes_of(one: Object) -> Value:
    """The `__dict__` of an object."""
    return Value(known=Attributes(one.names, one.open, of=one))


def merged(left: Value, right: Value) -> Value:
    """`left | right` for two dicts."""
    if not isinstance(left.known, Table) or not isinstance(right.known, Table):
        return UNKNOWN
    table = Table(dict(left.known.items), left.known.open, without=dict(left.known.without))
    _add(table, right.known)
    return Value(known=table)


def _add(table: Table, more: Table) -> None:
    """Add the items of a dict to another one, of which the former may have any key."""
    if more.open:
        table.forget()
    table.items.update(more.items)
    table.without.update(more.without)


def table_of(expressions: Expressions, scope: Scope, node: Node) -> Value:
    """A dict that is written out."""
    table = Table()
    for pair in named(node):
        if pair.type == "dictionary_splat":
            known = expressions.unpacked(scope, pair).known
            _add(table, known if isinstance(known, Table) else Table(open=True))
            continue
        key = text_of(expressions.value(scope, pair.child_by_field_name("key")))
        value = expressions.value(scope, pair.child_by_field_name("value"))
        if pair.type != "pair" or key is None:
            table.forget()
        else:
            table.items[key] = value
    return Value(known=table)


def comprehended(expressions: Expressions, scope: Scope, node: Node) -> Value:
    """The dict of a comprehension such as `{name: os.getenv(name) for name in NAMES}`."""
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


def unpacked_items(value: Value) -> Mapping[str, Value] | None:
    """The items of a dict that a call unpacks; forgets the value and is None if its keys are not known."""
    match value.known:
        case Table(items, open=False, is_config=False, without=without) if not without:
            return items
        case _:
            forget(value)
            return None
