"""The results of `and`, `or` and comparisons while a program starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.runs.starting.comparing import contained, is_environ, same
from configvars.runs.starting.machine import words
from configvars.runs.starting.values import NO_READS, UNKNOWN, Constant, Items, Scope, Value, text_of
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions

_ORDERING = frozenset({"<", ">", "<=", ">="})


def joined(expressions: Expressions, scope: Scope, node: Node) -> Value:
    """`and`, `or`: the right side runs only if the left one does not decide."""
    left = expressions.value(scope, node.child_by_field_name("left"))
    is_or = words(node.child_by_field_name("operator"), scope.module) == "or"
    if left.truth is not None:
        return left if left.truth is is_or else expressions.value(scope, node.child_by_field_name("right"))
    right = expressions.quietly(scope, node.child_by_field_name("right"))
    if not is_or:
        return Value(absent=left.absent, empty=left.empty | right.empty)
    is_false = right.truth is False
    is_none = isinstance(right.known, Constant) and right.known.content is None
    is_right = right.truth is True and expressions.machine.truth(left) is False
    return Value(
        absent=left.absent if is_none else NO_READS,
        empty=left.empty if is_false else NO_READS,
        filled=left.filled | right.filled,
        known=Constant(right.known.content, assumed=True)
        if is_right and isinstance(right.known, Constant)
        else None,
        chosen=left.chosen,
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
    if sign in ("<=", "<") and isinstance(left.known, Items) and is_environ(right):
        return Value(empty=expressions.lacking(scope, node, left.known).filled)
    if sign in _ORDERING:
        expressions.machine.fail(scope.module, node, (left.absent | right.absent))
    if sign in ("in", "notin"):
        expressions.machine.fail(scope.module, node, right.absent)
        name = text_of(left)
        if name is not None and is_environ(right):
            lacks = expressions.machine.lacks(scope.module, node, name)
            return lacks if sign == "notin" else Value(empty=lacks.filled)
        return contained(left, right, is_in=sign == "in")
    return same(left, sign, right)
