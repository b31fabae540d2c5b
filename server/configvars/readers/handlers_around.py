"""What catches an error that is raised if a variable is not set: `except` and `contextlib.suppress`."""

from __future__ import annotations

from configvars.names.evaluate import Evaluator
from configvars.names.scopes import FUNCTIONS
from configvars.names.values import External, Sequence, Value, alternatives
from configvars.readers.refusals import ends_by_raising
from configvars.syntax.python import Node, named

ABSENT_ERRORS = frozenset(
    {"builtins.KeyError", "builtins.LookupError", "builtins.Exception", "builtins.BaseException"}
)
NONE_ERRORS = frozenset(
    {"builtins.TypeError", "builtins.AttributeError", "builtins.Exception", "builtins.BaseException"}
)


_SUPPRESSING = frozenset({"contextlib.suppress", "contextlib.ExitStack", "pytest.raises"})


def catches(evaluator: Evaluator, statement: Node, wanted: frozenset[str]) -> bool | None:
    """Whether a `try` statement continues after one of the `wanted` errors; None if it does not catch it."""
    for clause in statement.named_children:
        if clause.type == "except_clause" and is_for(evaluator, clause, wanted):
            return not _raises_again(evaluator, clause)
    return None


def may_be_caught(evaluator: Evaluator, node: Node) -> bool:
    """Whether a `try` or `with` statement around a node in its function may catch what it raises, and continue."""
    child, above = node, node.parent
    while above is not None and above.type not in FUNCTIONS:
        if above.type == "with_statement" and child.type == "block" and _may_suppress(evaluator, above):
            return True
        if above.type == "try_statement" and above.child_by_field_name("body") == child:
            clauses = [each for each in above.named_children if each.type == "except_clause"]
            if not all(_raises_again(evaluator, clause) for clause in clauses):
                return True
        child, above = above, above.parent
    return False


def _may_suppress(evaluator: Evaluator, statement: Node) -> bool:
    """Whether a `with` statement enters anything but an object of a library that suppresses nothing."""
    for clause in statement.named_children:
        for item in named(clause) if clause.type == "with_clause" else []:
            value = item.child_by_field_name("value")
            made = value.named_children[0] if value is not None and value.type == "as_pattern" else value
            called = made.child_by_field_name("function") if made is not None else None
            callee = evaluator.value(called)
            if not isinstance(callee, External) or callee.path in _SUPPRESSING:
                return True
    return False


def is_for(evaluator: Evaluator, clause: Node, wanted: frozenset[str]) -> bool:
    """Whether an `except` clause catches one of the `wanted` errors."""
    caught = [child for child in named(clause) if child.type != "block"]
    return not caught or any(_names(evaluator, node, wanted) for node in caught)


def _names(evaluator: Evaluator, node: Node, wanted: frozenset[str]) -> bool:
    waiting = [node.named_children[0] if node.type == "as_pattern" and node.named_children else node]
    while waiting:
        part = waiting.pop()
        if part.type in ("tuple", "expression_list", "parenthesized_expression", "list_splat"):
            waiting += named(part)
        elif any(_means(wanted, value) for value in alternatives(evaluator.value(part))):
            return True
    return False


def _means(wanted: frozenset[str], value: Value) -> bool:
    """Whether a value is one of some exceptions, or a tuple that contains one."""
    if isinstance(value, Sequence):
        return any(_means(wanted, item) for each in value.items for item in alternatives(each))
    return isinstance(value, External) and value.path in wanted


def _raises_again(evaluator: Evaluator, clause: Node) -> bool:
    block = next((child for child in clause.named_children if child.type == "block"), None)
    return ends_by_raising(evaluator, block)


def suppresses(evaluator: Evaluator, statement: Node, wanted: frozenset[str]) -> bool | None:
    """Whether one of the `with` items is a `contextlib.suppress` of the error."""
    for clause in statement.named_children:
        for item in clause.named_children if clause.type == "with_clause" else []:
            call = item.child_by_field_name("value")
            if call is None or call.type != "call":
                continue
            callee = evaluator.value(call.child_by_field_name("function"))
            given = call.child_by_field_name("arguments")
            if isinstance(callee, External) and callee.path == "contextlib.suppress" and given is not None:
                return True if any(_names(evaluator, child, wanted) for child in named(given)) else None
    return None
