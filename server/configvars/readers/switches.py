"""Which variable decides whether a read is reached at all: `if USE_S3: bucket = os.environ["BUCKET"]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from configvars.names.evaluate import Evaluator
from configvars.syntax.python import Node

Read = tuple[Node, str]
_DECIDING = frozenset({"if_statement", "conditional_expression"})


def switch_of(evaluator: Evaluator, node: Node, reads: Sequence[Read]) -> str | None:
    """The name of the variable on which a condition around `node` hangs; None where none is known to.

    `reads` are the reads of the file, each with the variable's name. A condition hangs on what is read in
    it, and on what a name in it was given from.
    """
    child, parent = node, node.parent
    while parent is not None:
        if parent.type in _DECIDING:
            for condition in _conditions(parent):
                if not _holds(condition, child):
                    for name in _named_by(evaluator, condition, reads):
                        return name
        child, parent = parent, parent.parent
    return None


def _conditions(statement: Node) -> Iterator[Node]:
    """The conditions of an `if` and its `elif`s, or of a conditional expression."""
    if statement.type == "conditional_expression":
        yield statement.named_children[1]
        return
    for part in (statement, *statement.children_by_field_name("alternative")):
        condition = part.child_by_field_name("condition")
        if condition is not None:
            yield condition


def _named_by(evaluator: Evaluator, condition: Node, reads: Sequence[Read]) -> Iterator[str]:
    sources = [condition]
    for word in _words(evaluator, condition):
        sources.extend(binding.source for binding in evaluator.scopes.bindings(word))
    for source in sources:
        yield from (name for node, name in reads if _holds(source, node))


def _words(evaluator: Evaluator, condition: Node) -> Iterator[str]:
    waiting = [condition]
    while waiting:
        node = waiting.pop()
        if node.type == "identifier":
            yield evaluator.tree.source(node)
        waiting.extend(node.named_children)


def _holds(outer: Node, inner: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte
