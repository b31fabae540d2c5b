"""What tests around a place say about the name of a loop: `for key in ("A", "B"): if key == "A": …`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from configvars.names.values import Sequence, Str, Value, alternatives, one_of
from configvars.syntax.python import Node, named
from configvars.syntax.python_chains import operands, sign_of

if TYPE_CHECKING:
    from configvars.names.bindings import Binding
    from configvars.names.evaluate import Evaluator

_LEAVING = frozenset({"continue_statement", "break_statement", "return_statement", "raise_statement"})
_COMPREHENSIONS = frozenset(
    {"list_comprehension", "set_comprehension", "generator_expression", "dictionary_comprehension"}
)
_Test = tuple[Node, bool]
"""A test, and the result with which the place is reached."""


def narrowed(evaluator: Evaluator, value: Value, use: Node, seen: list[Binding]) -> Value:
    """The strings that a name, to which a loop gives `value`, can be where it is used in the loop."""
    choices = alternatives(value)
    if len(seen) > 1 or len(choices) < 2 or not any(isinstance(choice, Str) for choice in choices):
        return value
    tests = list(_tests_around(use, seen[0].source))
    word = evaluator.tree.source(use)
    kept = [choice for choice in choices if not _is_excluded(evaluator, word, choice, tests)] if tests else []
    return one_of(kept) if kept else value


def _is_excluded(evaluator: Evaluator, word: str, choice: Value, tests: list[_Test]) -> bool:
    if not isinstance(choice, Str):
        return False
    return any(_result(evaluator, test, word, choice.text) is (not wanted) for test, wanted in tests)


def _tests_around(use: Node, loop: Node) -> Iterator[_Test]:
    """The tests that decide whether a place in a loop is reached."""
    child, parent = use, use.parent
    while parent is not None and child != loop:
        match parent.type:
            case "if_statement":
                yield from _of_arms(parent, child)
            case "elif_clause" if parent.child_by_field_name("consequence") == child:
                yield from _wanted(parent, is_true=True)
            case "conditional_expression" if len(parts := named(parent)) == 3 and child in (
                parts[0],
                parts[2],
            ):
                yield parts[1], child == parts[0]
            case "boolean_operator":
                left = parent.child_by_field_name("left")
                if left is not None and left != child:
                    yield left, sign_of(parent) == "and"
            case "block":
                yield from _passed(parent, child)
            case kind if kind in _COMPREHENSIONS and parent.child_by_field_name("body") == child:
                clauses = (clause for clause in parent.named_children if clause.type == "if_clause")
                yield from ((clause.named_children[0], True) for clause in clauses if clause.named_children)
        child, parent = parent, parent.parent


def _of_arms(statement: Node, child: Node) -> Iterator[_Test]:
    """The tests of an `if` statement that lead to one of its parts."""
    if statement.child_by_field_name("consequence") == child:
        yield from _wanted(statement, is_true=True)
        return
    arms = statement.children_by_field_name("alternative")
    if child in arms:
        for before in (statement, *arms[: arms.index(child)]):
            yield from _wanted(before, is_true=False)


def _wanted(arm: Node, *, is_true: bool) -> Iterator[_Test]:
    condition = arm.child_by_field_name("condition")
    if condition is not None:
        yield condition, is_true


def _passed(block: Node, statement: Node) -> Iterator[_Test]:
    """The tests of statements before this one after which the loop goes on: `if key == "A": continue`."""
    for before in named(block):
        if before == statement:
            return
        body = before.child_by_field_name("consequence") if before.type == "if_statement" else None
        last = named(body)[-1:] if body is not None else []
        if last and last[0].type in _LEAVING:
            yield from _wanted(before, is_true=False)


def _result(evaluator: Evaluator, test: Node, word: str, text: str) -> bool | None:
    """The result of a test if the name has this string; None if that is not known."""
    match test.type:
        case "parenthesized_expression" if test.named_children:
            return _result(evaluator, test.named_children[0], word, text)
        case "not_operator":
            inner = test.child_by_field_name("argument")
            said = None if inner is None else _result(evaluator, inner, word, text)
            return None if said is None else not said
        case "boolean_operator":
            decides = sign_of(test) == "or"
            sides = [
                _result(evaluator, side, word, text) for side in operands(test) or [] if side is not None
            ]
            if decides in sides:
                return decides
            return None if None in sides or not sides else not decides
        case "comparison_operator" if len(test.children) == 3:
            return _compared(evaluator, test, word, text)
        case _:
            return None


def _compared(evaluator: Evaluator, test: Node, word: str, text: str) -> bool | None:
    left, sign, right = test.children
    if sign.type in ("==", "!=") and evaluator.tree.source(right) == word:
        left, right = right, left
    if left.type != "identifier" or evaluator.tree.source(left) != word:
        return None
    other = evaluator.value(right)
    if sign.type in ("==", "!=") and isinstance(other, Str):
        return (text == other.text) is (sign.type == "==")
    items = other.items if isinstance(other, Sequence) and sign.type in ("in", "not in") else ()
    texts = [item.text for item in items if isinstance(item, Str)]
    return (text in texts) is (sign.type == "in") if texts and len(texts) == len(items) else None
