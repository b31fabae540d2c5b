"""Chains of one operator, `a or b or c`, which the grammar nests with one level for each operand."""

from __future__ import annotations

from configvars.syntax.python import Node, is_too_deep


def sign_of(node: Node) -> str:
    """The operator of an expression with one operator between two operands."""
    operator = node.child_by_field_name("operator") if node.type.endswith("_operator") else None
    return operator.type if operator is not None else ""


def operands(node: Node) -> list[Node | None] | None:
    """The operands of a chain, in order; None if there are too many."""
    kind, sign = node.type, sign_of(node)
    found: list[Node | None] = []
    link: Node | None = node
    while link is not None and link.type == kind and sign_of(link) == sign:
        if is_too_deep(link):
            return None
        found.append(link.child_by_field_name("right"))
        link = link.child_by_field_name("left")
    return [link, *reversed(found)]
