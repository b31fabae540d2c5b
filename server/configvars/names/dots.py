"""The value of `of.name`: members, attributes of `self` and `super()`, and conventions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.names import classes, objects, receivers
from configvars.names.values import UNKNOWN, External, Function, Missing, OneOf, Str, Unknown, Value
from configvars.syntax.python import Node

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator


def attribute(evaluator: Evaluator, node: Node) -> Value:
    """The value of `of.name` in the code of a file."""
    name = node.child_by_field_name("attribute")
    if name is None:
        return UNKNOWN
    object_node = node.child_by_field_name("object")
    word = evaluator.tree.source(name)
    above = receivers.above(evaluator, object_node)
    if above is not None:
        return receivers.own(evaluator, node, classes.inherited(evaluator, above, word))
    of = evaluator.value(object_node)
    value = classes.member(evaluator, of, word)
    is_outside = isinstance(value, External) and not evaluator.interest.covers(value.path)
    if is_outside or isinstance(value, Unknown | Missing):
        assumed = evaluator.by_convention(node)
        return receivers.own(evaluator, node, value) if assumed == UNKNOWN else assumed
    if isinstance(value, Str | OneOf | Function):
        value = receivers.own(evaluator, node, value)
    return objects.set_before(evaluator, node, value)
