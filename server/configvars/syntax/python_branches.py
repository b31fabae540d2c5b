"""Whether the parts of a Python statement certainly run: when imported, or as the main program."""

from __future__ import annotations

from typing import Literal

from configvars.syntax.python import Node, PythonTree
from configvars.syntax.python_sure import runs_once

Phase = Literal["import", "imported", "main", "never"]
Branch = tuple[bool, Phase | None]
"""Whether a branch certainly runs in its phase; no phase if it is that of the code around it."""

_LATER = frozenset({"else_clause", "elif_clause", "except_clause", "except_group_clause", "case_clause"})
_SIGNS: tuple[tuple[str, Phase], ...] = (("==", "main"), ("!=", "imported"))
_TYPES = frozenset({"TYPE_CHECKING", "typing.TYPE_CHECKING"})


def branch(tree: PythonTree, node: Node, child: Node) -> Branch | None:
    """The branch that a part of a node is; None if the part certainly runs with the node."""
    if node.type == "if_statement" and child == node.child_by_field_name("consequence"):
        return _guarded(tree, node)
    if node.type in ("for_statement", "while_statement") and child == node.child_by_field_name("body"):
        return None if runs_once(tree, node) else (False, None)
    if (
        (child.type in _LATER and (node.type, child.type) != ("try_statement", "else_clause"))
        or (node.type == "boolean_operator" and child == node.child_by_field_name("right"))
        or (node.type == "conditional_expression" and child != node.named_children[1])
    ):
        return _otherwise(tree, node, child)
    return None


def is_for_types(tree: PythonTree, node: Node) -> bool:
    """Whether a node is `if TYPE_CHECKING:`, whose block only type checkers read."""
    return node.type == "if_statement" and _condition(tree, node) in _TYPES


def _guarded(tree: PythonTree, node: Node) -> Branch:
    """The block after the condition of an `if`."""
    if phase := _phase(tree, node):
        return True, phase
    return False, "never" if is_for_types(tree, node) else None


def _otherwise(tree: PythonTree, node: Node, child: Node) -> Branch:
    """A later part: that of `if __name__ == "__main__"` certainly runs in the other case, without `elif`."""
    is_else = node.type == "if_statement" and child.type == "else_clause"
    if not is_else or len(node.children_by_field_name("alternative")) != 1:
        return False, None
    phase = _phase(tree, node)
    return (False, None) if phase is None else (True, "main" if phase == "imported" else "imported")


def _phase(tree: PythonTree, node: Node) -> Phase | None:
    """The case in which the condition of an `if` holds, if it compares `__name__` with `__main__`."""
    for sign, phase in _SIGNS:
        if _condition(tree, node).replace("'", '"') in (
            f'__name__{sign}"__main__"',
            f'"__main__"{sign}__name__',
        ):
            return phase
    return None


def _condition(tree: PythonTree, node: Node) -> str:
    return _text(tree, node.child_by_field_name("condition")).strip("()")


def _text(tree: PythonTree, node: Node | None) -> str:
    return "" if node is None else "".join(tree.source(node).split())
