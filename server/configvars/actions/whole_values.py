"""Statements that assign one literal to a name or to an attribute."""

from __future__ import annotations

from configvars.syntax.python import Node, PythonTree
from configvars.text import Span

_OWN = frozenset({"self", "cls"})
_TARGETS = frozenset({"identifier", "attribute"})
_INSIDE = frozenset({"string_content", "string", "concatenated_string", "parenthesized_expression"})


def whole_value(tree: PythonTree, value: Span) -> tuple[str, Span] | None:
    """The variable that a value suggests by what it is assigned to, and the whole expression around it.

    `stripe.api_key` suggests `STRIPE_API_KEY`. None if the value is only a part of an expression, and in the
    body of a class: its fields may be more than their values, and an object may have its own.
    """
    node = whole = tree.root.descendant_for_byte_range(tree.byte(value.start), tree.byte(value.end))
    while node is not None and node.type in _INSIDE:
        node, whole = node.parent, node
    if (
        node is None
        or whole is None
        or node.type != "assignment"
        or node.child_by_field_name("right") != whole
    ):
        return None
    target = node.child_by_field_name("left")
    if target is None or target.type not in _TARGETS or _is_in_class(node):
        return None
    parts = [part for part in tree.source(target).split(".") if part not in _OWN]
    return "_".join(part.strip("_") for part in parts[-2:]).upper(), tree.span(whole)


def _is_in_class(statement: Node) -> bool:
    above = statement.parent
    while above is not None and above.type not in ("function_definition", "class_definition"):
        above = above.parent
    return above is not None and above.type == "class_definition"
