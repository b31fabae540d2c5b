"""Whether a read is guarded against a variable that is not set: by a test of its name, or by `except`."""

from __future__ import annotations

from configvars.names.evaluate import Evaluator
from configvars.names.scopes import FUNCTIONS
from configvars.names.values import External, Value, alternatives
from configvars.readers.refusals import ends_by_raising
from configvars.readers.told import Texts, Told, UsesAt, texts_of
from configvars.syntax.python import Node, named

_ABSENT = frozenset(
    {"builtins.KeyError", "builtins.LookupError", "builtins.Exception", "builtins.BaseException"}
)
_NONE = frozenset(
    {"builtins.TypeError", "builtins.AttributeError", "builtins.Exception", "builtins.BaseException"}
)


class Guards:
    """The tests and `try` statements of one file; the result for each is stored."""

    def __init__(self, evaluator: Evaluator, uses_at: UsesAt) -> None:
        self._evaluator = evaluator
        self._told = Told(evaluator, uses_at)
        self._catching: dict[tuple[int, frozenset[str]], bool | None] = {}

    def is_tested(self, node: Node, key: Value) -> bool:
        """Whether `node` runs only if a test has found that the variable is set."""
        texts = texts_of(key)
        child, parent = node, node.parent
        while parent is not None:
            if self._is_implied(child, parent, texts):
                return True
            if parent.type in ("block", "module") and self._told.before_statement(child, parent, texts):
                return True
            if parent.type in FUNCTIONS:
                return False
            child, parent = parent, parent.parent
        return False

    def is_caught(self, node: Node, errors: frozenset[str], *, raises: bool) -> bool:
        """Whether a `try` around `node` catches the exception for a missing variable, and continues."""
        wanted = (_ABSENT if raises else _NONE) | errors
        child, parent = node, node.parent
        while parent is not None and parent.type not in FUNCTIONS:
            if child.type == "block" and parent.type in ("try_statement", "with_statement"):
                caught = self._caught(parent, child, wanted)
                if caught is not None:
                    return caught
            child, parent = parent, parent.parent
        return False

    def _is_implied(self, child: Node, parent: Node, texts: Texts) -> bool:
        """Whether `child` is the part of `parent` that runs only if the variable is set."""

        def tells(test: Node, *, there: bool) -> bool:
            return not texts.isdisjoint(self._told.by(test, there=there))

        match parent.type:
            case "if_statement" | "elif_clause" | "while_statement":
                test = parent.child_by_field_name("condition")
                if test is None or test == child:
                    return False
                if parent.child_by_field_name("consequence") == child or child.type == "block":
                    return tells(test, there=True)
                return child.type in ("else_clause", "elif_clause") and tells(test, there=False)
            case "conditional_expression":
                children = named(parent)
                if len(children) != 3 or child == children[1]:
                    return False
                return tells(children[1], there=child == children[0])
            case "boolean_operator":
                if parent.child_by_field_name("right") != child:
                    return False
                return self._told.before_operand(child, parent, texts)
            case (
                "list_comprehension"
                | "set_comprehension"
                | "dictionary_comprehension"
                | "generator_expression"
            ):
                clauses = [clause for clause in parent.named_children if clause.type == "if_clause"]
                return child == parent.child_by_field_name("body") and any(
                    tells(test, there=True) for clause in clauses for test in clause.named_children
                )
            case _:
                return False

    def _caught(self, statement: Node, block: Node, wanted: frozenset[str]) -> bool | None:
        """Whether a statement around its block catches the exception.

        None if a statement further out decides.
        """
        if statement.type == "try_statement" and statement.child_by_field_name("body") != block:
            return None
        if (statement.id, wanted) not in self._catching:
            catches = _catches if statement.type == "try_statement" else _suppresses
            self._catching[statement.id, wanted] = catches(self._evaluator, statement, wanted)
        return self._catching[statement.id, wanted]


def _catches(evaluator: Evaluator, statement: Node, wanted: frozenset[str]) -> bool | None:
    for clause in statement.named_children:
        if clause.type == "except_clause" and _is_for(evaluator, clause, wanted):
            return not _raises_again(evaluator, clause)
    return None


def _is_for(evaluator: Evaluator, clause: Node, wanted: frozenset[str]) -> bool:
    caught = [child for child in named(clause) if child.type != "block"]
    return not caught or any(_names(evaluator, node, wanted) for node in caught)


def _names(evaluator: Evaluator, node: Node, wanted: frozenset[str]) -> bool:
    waiting = [node.named_children[0] if node.type == "as_pattern" and node.named_children else node]
    while waiting:
        part = waiting.pop()
        if part.type in ("tuple", "expression_list", "parenthesized_expression"):
            waiting += named(part)
        elif any(isinstance(v, External) and v.path in wanted for v in alternatives(evaluator.value(part))):
            return True
    return False


def _raises_again(evaluator: Evaluator, clause: Node) -> bool:
    block = next((child for child in clause.named_children if child.type == "block"), None)
    return ends_by_raising(evaluator, block)


def _suppresses(evaluator: Evaluator, statement: Node, wanted: frozenset[str]) -> bool | None:
    """Whether one of the `with` items is a `contextlib.suppress` of the exception."""
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
