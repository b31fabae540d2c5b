"""When a statement that configures an app runs: always, under a condition, as main program, or later."""

from __future__ import annotations

from typing import TypedDict

from configvars.names.evaluate import Evaluator
from configvars.names.scopes import FUNCTIONS, function_of
from configvars.patterns import lazy_pattern
from configvars.readers.flask_owner import binding_of
from configvars.syntax.python import Node

_CONDITIONS = frozenset(
    {"if_statement", "for_statement", "while_statement", "except_clause", "match_statement"}
    | {"conditional_expression", "boolean_operator"}
)
_MAIN = lazy_pattern(r"""\(*\s*__name__\s*==\s*['"]__main__['"]\s*\)*$|['"]__main__['"]\s*==\s*__name__$""")


class Context(TypedDict):
    """The last fields of each event: the circumstances in which it happens."""

    conditional: bool
    in_main: bool
    later: bool


def context_of(evaluator: Evaluator, node: Node) -> Context:
    """The circumstances of an expression that is an app, its configuration, or part of either."""
    return Context(
        conditional=is_conditional(node), in_main=in_main(evaluator, node), later=_is_later(evaluator, node)
    )


def is_conditional(node: Node) -> bool:
    """Whether a statement runs only under a condition when its function runs."""
    parent = node.parent
    while parent is not None and parent.type not in FUNCTIONS:
        if parent.type in _CONDITIONS:
            return True
        parent = parent.parent
    return False


def is_tried(node: Node) -> bool:
    """Whether a statement is inside `try`, so that its function may handle an error."""
    parent = node.parent
    while parent is not None and parent.type not in FUNCTIONS:
        if parent.type == "try_statement":
            return True
        parent = parent.parent
    return False


def in_main(evaluator: Evaluator, node: Node) -> bool:
    """Whether a statement runs only if its file is the main program."""
    child, parent = node, node.parent
    while parent is not None:
        if parent.type == "if_statement" and parent.child_by_field_name("consequence") == child:
            condition = parent.child_by_field_name("condition")
            if condition is not None and _MAIN.match(evaluator.tree.source(condition)):
                return True
        child, parent = parent, parent.parent
    return False


def _is_later(evaluator: Evaluator, node: Node) -> bool:
    """Whether a node is in an inner function, which runs only when it is called."""
    while node.type in ("attribute", "subscript", "call"):
        inner = (
            node.child_by_field_name("object")
            or node.child_by_field_name("value")
            or node.child_by_field_name("function")
        )
        if inner is None:
            return False
        node = inner
    binding = binding_of(evaluator, node) if node.type == "identifier" else None
    if binding is None:
        return False
    around = function_of(node)
    return around is not None and around != (
        binding.scope if binding.scope.type in FUNCTIONS else function_of(binding.scope)
    )
