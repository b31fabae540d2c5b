"""The parts into which code splits a string: what they are called, and whether an empty string has none."""

from __future__ import annotations

from configvars.syntax.python import Node, PythonTree, named

SPLITTING = frozenset({"split", "rsplit", "splitlines"})
# Functions whose result has the elements of their argument.
COLLECTING = frozenset({"list", "tuple", "set", "frozenset", "sorted", "map"})
COMPREHENSIONS = frozenset({"list_comprehension", "set_comprehension", "generator_expression"})


def splits_into_none(attribute: Node, tree: PythonTree) -> bool:
    """Whether an attribute is a method that makes an empty list of an empty string, as `split()` is."""
    call, name = attribute.parent, attribute.child_by_field_name("attribute")
    arguments = call.child_by_field_name("arguments") if call is not None and call.type == "call" else None
    word = tree.source(name) if name is not None else ""
    return arguments is not None and word in SPLITTING and (word == "splitlines" or not named(arguments))


def is_filtered(clause: Node) -> bool:
    """Whether the comprehension of a `for` clause leaves out elements."""
    return clause.parent is not None and any(each.type == "if_clause" for each in named(clause.parent))
