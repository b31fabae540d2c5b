"""The dicts that a program makes while it starts."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from configvars.limits import OBJECT_DEPTH
from configvars.runs.starting.exact import valid
from configvars.runs.starting.values import (
    UNKNOWN,
    Class,
    Items,
    Object,
    Read,
    Scope,
    Table,
    Value,
    constant,
    forget,
    is_assumed,
    text_of,
)
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions
    from configvars.runs.starting.machine import Machine


# Every class has them, with different values.
_OF_CLASSES = ("__module__", "__dict__", "__weakref__", "__doc__", "__annotations__")


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


def attributes_of_class(machine: Machine, one: Class) -> Value:
    """The `__dict__` of a class, without those of its base classes."""
    found = {name: machine.class_attribute(one, name) or UNKNOWN for name in one.names}
    return Value(known=Table({**dict.fromkeys(_OF_CLASSES, UNKNOWN), **found}, one.open))


def all_names(one: Class | Object) -> Value:
    """What `dir` returns: the names of a class or object and of all base classes, if all are known."""
    if one.open:
        return UNKNOWN
    names = {*dir(object), *_OF_CLASSES, *one.names}
    waiting = [one.of] if isinstance(one, Object) else list(one.bases)
    for base in waiting:
        if base.open:
            return UNKNOWN
        names |= base.names.keys()
        waiting += base.bases
    return Value(known=Items(tuple(map(constant, sorted(names)))))


def fields_of(one: Class | Object) -> Value | None:
    """What `dataclasses.fields` returns; None if it is no dataclass of which all is known."""
    of = one.of if isinstance(one, Object) else one
    if of.fields is None or of.open:
        return None
    made = [Object(Class({}), {"name": constant(name)}) for name in of.fields]
    return Value(known=Items(tuple(Value(known=each) for each in made), kind=tuple))


def as_dict(one: Object, levels: int = OBJECT_DEPTH.most) -> Value | None:
    """What `dataclasses.asdict` returns; None if not all fields of the object are known."""
    fields = one.of.fields
    if fields is None or one.open or levels <= 0 or not one.names.keys() >= set(fields):
        return None
    found = {name: one.names[name] for name in fields}
    inner = {
        name: as_dict(each.known, levels - 1) or UNKNOWN
        for name, each in found.items()
        if isinstance(each.known, Object)
    }
    return Value(known=Table(found | inner))


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
    """The dict of a comprehension such as `{name: os.getenv(name) for name in NAMES if name.isupper()}`."""
    table = Table()
    clauses = [each for each in named(node) if each.type == "for_in_clause"]
    source = expressions.value(scope, clauses[0].child_by_field_name("right")) if clauses else UNKNOWN
    expressions.machine.fail(scope.module, node, expressions.machine.none_without(source), kind=TypeError)
    pair = node.child_by_field_name("body")
    exact = valid(source, expressions.machine.unset)
    items = source.known if exact is None else exact.known
    tests = [each for each in named(node) if each.type == "if_clause"]
    is_one = len(clauses) == 1 and len(tests) <= 1
    if not isinstance(items, Items) or items.open or pair is None or not is_one:
        table.forget()
        return Value(known=table)
    for item in items.values:
        inner = Scope(scope.module, {}, scope)
        expressions.bind(inner, clauses[0].child_by_field_name("left"), item)
        test = expressions.value(inner, named(tests[0])[0]) if tests else constant(True)
        truth = None if is_assumed(test) else test.truth
        if truth is None:  # also if variables decide it
            table.forget()
        if not truth:
            continue
        key = text_of(expressions.value(inner, pair.child_by_field_name("key")))
        value = expressions.value(inner, pair.child_by_field_name("value"))
        if key is None:
            table.forget()
        elif not table.open:
            table.items[key] = value
    return Value(known=table)


def unpacked_items(value: Value, unset: Set[Read]) -> Mapping[str, Value] | None:
    """The items of a dict that a call unpacks; forgets the value and is None if its keys are not known."""
    match value.known:
        case Table(items, open=False, is_config=False, without=without):
            if all(reads & unset for reads in without.values()):
                return items
    forget(value)
    return None
