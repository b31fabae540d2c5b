"""Whether a read is guarded against a variable that is not set: by a test of its name, or by `except`."""

from __future__ import annotations

from configvars.names.evaluate import Evaluator
from configvars.names.scopes import FUNCTIONS
from configvars.names.values import Value
from configvars.readers.handlers_around import ABSENT_ERRORS, NONE_ERRORS, catches, suppresses
from configvars.readers.presence_tests import PresenceTests, Texts, UsesAt, texts_of
from configvars.syntax.python import Node, named


class Guards:
    """The tests and `try` statements of one file; the result for each is stored."""

    def __init__(self, evaluator: Evaluator, uses_at: UsesAt) -> None:
        self._evaluator = evaluator
        self._told = PresenceTests(evaluator, uses_at)
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

    def way_out(self, node: Node, key: Value) -> Node | None:
        """The test of the only statement in the block of a node, before it, that leaves if the variable is not set."""
        child, parent = node, node.parent
        while parent is not None and parent.type not in ("block", "module"):
            child, parent = parent, parent.parent
        return self._told.only_before(child, parent, texts_of(key)) if parent is not None else None

    def is_caught(self, node: Node, errors: frozenset[str], *, raises: bool) -> bool:
        """Whether a `try` around `node` catches the exception for a missing variable, and continues."""
        wanted = (ABSENT_ERRORS if raises else NONE_ERRORS) | errors
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
            is_catching = catches if statement.type == "try_statement" else suppresses
            self._catching[statement.id, wanted] = is_catching(self._evaluator, statement, wanted)
        return self._catching[statement.id, wanted]
