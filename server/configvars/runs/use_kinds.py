"""What code does with a function or class at a place that mentions it."""

from __future__ import annotations

from configvars.runs.parsed_code import Code
from configvars.syntax.python import Node


def taker(code: Code, leaf: Node) -> str:
    """The name of what a call calls that gets a function as an argument; empty if there is none."""
    given = leaf.parent
    call = given.parent if given is not None and given.type == "argument_list" else None
    function = call.child_by_field_name("function") if call is not None else None
    return code.source(function).rpartition(".")[2] if function is not None else ""


def is_target(leaf: Node) -> bool:
    """Whether a statement assigns to a name."""
    around = leaf.parent
    return around is not None and around.type == "assignment" and around.child_by_field_name("left") == leaf


def is_base(leaf: Node) -> bool:
    """Whether another class derives from what a name names."""
    given = leaf.parent
    while given is not None and given.type == "attribute":
        given = given.parent
    around = given.parent if given is not None and given.type == "argument_list" else None
    return around is not None and around.type == "class_definition"


def is_replaced(code: Code, leaf: Node) -> bool:
    """Whether a statement replaces a function: `load = safe(load)`."""
    call = leaf.parent.parent if leaf.parent is not None else None
    statement = call.parent if call is not None else None
    left = statement.child_by_field_name("left") if statement is not None else None
    return left is not None and left != leaf and code.source(left) == code.source(leaf)
