"""The path of a function that a call leads to, also through an object that the file creates: `Bot().run`."""

from __future__ import annotations

from collections.abc import Container

from configvars.names import classes
from configvars.names.evaluate import Evaluator
from configvars.names.values import Class, External
from configvars.readers.refused_none import methods
from configvars.syntax.python import Node

_MOST_STEPS = 4
_SCHEDULING = frozenset({"add_job", "scheduled_job"})


def callee_path(
    evaluator: Evaluator, function: Node | None, steps: int = _MOST_STEPS, among: Container[str] | None = None
) -> str:
    """The path of a function of a library, such as `discord.Client().run`; empty if it is not known.

    Of methods of objects that the file creates, only those `among` names; by default those that refuse arguments.
    """
    value = evaluator.value(function)
    if isinstance(value, External):
        return value.path
    if isinstance(value, Class):
        outside = [base.path for base in classes.lineage(evaluator, value) if isinstance(base, External)]
        return outside[0] if len(outside) == 1 else ""
    if function is None or function.type != "attribute" or not steps:
        return ""
    name, of = function.child_by_field_name("attribute"), function.child_by_field_name("object")
    if name is None or of is None or evaluator.tree.source(name) not in (among or methods()):
        return ""
    made = creation(evaluator, of)
    path = callee_path(evaluator, made, steps - 1) if made is not None else ""
    return f"{path}().{evaluator.tree.source(name)}" if path else ""


def scheduling_path(evaluator: Evaluator, function: Node | None) -> str:
    """The path of a method that schedules a function; empty for all others, and if it is not known."""
    name = function.child_by_field_name("attribute") if function is not None else None
    is_one = name is not None and evaluator.tree.source(name) in _SCHEDULING
    return callee_path(evaluator, function, among=_SCHEDULING) if is_one else ""


def creation(evaluator: Evaluator, node: Node) -> Node | None:
    """The function whose result an expression is, if the file assigns nothing else to its name."""
    if node.type != "identifier":
        return node.child_by_field_name("function") if node.type == "call" else None
    found: list[Node] = []
    for each in evaluator.tree.words(evaluator.tree.source(node)):
        parent = each.parent
        if parent is None or parent.type in ("parameters", "for_statement", "as_pattern_target"):
            return None
        if parent.type == "assignment" and parent.child_by_field_name("left") == each:
            right = parent.child_by_field_name("right")
            function = right.child_by_field_name("function") if right is not None else None
            if function is None:
                return None
            found.append(function)
    return found[0] if len(found) == 1 else None
