"""The results of operators with two sides while a program starts: `and`, `or`, comparisons, `+`."""

from __future__ import annotations

from collections.abc import Sized
from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.limits import CONDITION_VALUE
from configvars.runs.starting.comparing import contained, is_environ, same
from configvars.runs.starting.environ_sets import lacking, shared
from configvars.runs.starting.exact import as_exact, depending
from configvars.runs.starting.machine import Machine, words
from configvars.runs.starting.pure import pure_operator
from configvars.runs.starting.tables import merged
from configvars.runs.starting.values import (
    NO_READS,
    UNKNOWN,
    Constant,
    Exact,
    External,
    Items,
    Scope,
    Table,
    Value,
    follows,
    text_of,
)
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions

_ORDERING = frozenset({"<", ">", "<=", ">="})


def opposite(value: Value) -> Value:
    """The value of `not value`, if it is true without variables."""
    exact = Exact(Constant(False), value.exact.by) if value.exact is not None else None
    return Value(empty=value.filled, exact=exact)


def joined(expressions: Expressions, scope: Scope, node: Node) -> Value:
    """`and`, `or`: the right side runs only if the left one does not decide."""
    machine = expressions.machine
    left = expressions.value(scope, node.child_by_field_name("left"))
    is_or = words(node.child_by_field_name("operator"), scope.module) == "or"
    by, after = machine.decided_by(left), node.child_by_field_name("right")
    if left.truth is not None:
        return left if left.truth is is_or else depending(expressions.value(scope, after), by)
    decided = machine.truth(left) if by else None
    is_run = decided is (not is_or)
    right = expressions.because(scope, after, by) if is_run else expressions.quietly(scope, after)
    exact = as_exact(right, by) if is_run else left.exact if decided is is_or else None
    if not is_or:
        return Value(absent=left.absent, empty=left.empty | right.empty, exact=exact)
    is_false = right.truth is False
    is_none = isinstance(right.known, Constant) and right.known.content is None
    is_right = right.truth is True and machine.truth(left) is False
    return Value(
        absent=left.absent if is_none else NO_READS,
        empty=left.empty if is_false else NO_READS,
        filled=left.filled | right.filled,
        known=Constant(right.known.content, assumed=True)
        if is_right and isinstance(right.known, Constant)
        else None,
        chosen=left.chosen,
        exact=exact,
    )


def compared(expressions: Expressions, scope: Scope, node: Node) -> Value:
    """A comparison; noted where it fails on None."""
    parts = named(node)
    values = [expressions.value(scope, each) for each in parts]
    if len(parts) != 2:
        return UNKNOWN
    left, right = values
    between = [each for each in node.children if each not in parts]
    sign = "".join(words(each, scope.module) for each in between)
    machine = expressions.machine
    if sign in ("<=", "<") and isinstance(left.known, Items) and is_environ(right):
        return opposite(lacking(machine, scope, node, left.known))
    if sign in _ORDERING:
        machine.fail(
            scope.module, node, machine.none_without(left) | machine.none_without(right), kind=TypeError
        )
    if sign in ("in", "notin"):
        machine.fail(scope.module, node, machine.none_without(right), kind=TypeError)
        name = text_of(left)
        if name is not None and is_environ(right):
            lacks = machine.lacks(scope.module, node, name)
            return lacks if sign == "notin" else opposite(lacks)
    function = pure_operator(sign)
    exact = None if function is None else machine.computed(scope.module, node, function, left, right)
    is_in = sign in ("in", "notin")
    found = contained(left, right, is_in=sign == "in") if is_in else same(left, sign, right)
    return found if exact is None else replace(found, exact=exact.exact)


def binary(expressions: Expressions, scope: Scope, node: Node) -> Value:
    """The result of an operator such as `+`."""
    machine = expressions.machine
    left, right = (expressions.value(scope, node.child_by_field_name(side)) for side in ("left", "right"))
    expressions.added(scope, node, left, right)
    sign = words(node.child_by_field_name("operator"), scope.module)
    if sign == "-" and isinstance(left.known, Items) and is_environ(right):
        return lacking(machine, scope, node, left.known)
    names = (right if is_environ(left) else left).known
    if sign == "&" and isinstance(names, Items) and (is_environ(left) or is_environ(right)):
        return shared(machine, scope, node, names)
    if sign == "/" and is_path(left):
        return left
    if sign == "|" and isinstance(left.known, Table):
        return merged(left, right)
    return operated(machine, scope, node, sign, left, right)


def operated(machine: Machine, scope: Scope, node: Node, sign: str, left: Value, right: Value) -> Value:
    """The result of an operator for strings, numbers, lists or tuples."""
    function = pure_operator(sign)
    exact = None if function is None else machine.computed(scope.module, node, function, left, right)
    found = _sum(left, right) if sign == "+" else UNKNOWN
    return found if exact is None else replace(exact, known=found.known)


def _sum(left: Value, right: Value) -> Value:
    """Two strings, lists or tuples that are known, one after the other."""
    one, other = text_of(left), text_of(right)
    if one is not None and other is not None:
        return follows(one + other, left, right) if _is_small(one, other) else UNKNOWN
    match left.known, right.known:
        case Items(first, open=False, kind=kind), Items(second, open=False, kind=of) if kind is of:
            return Value(known=Items((*first, *second), kind=kind)) if _is_small(first, second) else UNKNOWN
        case _:
            return UNKNOWN


def _is_small(one: Sized, other: Sized) -> bool:
    return len(one) + len(other) <= CONDITION_VALUE.most


def is_path(value: Value) -> bool:
    """Whether a value is made of a path: `Path(__file__).parent`."""
    return isinstance(value.known, External) and value.known.path.startswith("pathlib.Path()")
