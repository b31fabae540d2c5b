"""The `with` blocks around a node, and the calls that they enter."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.names.evaluate import Evaluator
from configvars.names.scopes import FUNCTIONS
from configvars.names.values import External, alternatives
from configvars.syntax.python import Node


def entered(evaluator: Evaluator, node: Node, path: str) -> Iterator[External]:
    """The calls of `path` in `with` statements around a node in the same function, outermost first."""
    found: list[list[External]] = []
    child, parent = node, node.parent
    while parent is not None and parent.type not in FUNCTIONS:
        if parent.type == "with_statement" and child.type == "block":
            found.append(list(_calls(evaluator, parent, path)))
        child, parent = parent, parent.parent
    for calls in reversed(found):
        yield from calls


def _calls(evaluator: Evaluator, statement: Node, path: str) -> Iterator[External]:
    for clause in statement.named_children:
        for item in clause.named_children if clause.type == "with_clause" else []:
            for value in alternatives(evaluator.value(item.child_by_field_name("value"))):
                if isinstance(value, External) and value.path == path + "()":
                    yield value
