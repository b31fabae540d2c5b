"""The condition under which code runs, as it is written in the code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.syntax.python import Node, PythonTree, named
from configvars.text import Span

_MOST = 60  # characters that fit into a message
# Only names and operators may be shown; strings and numbers may be values.
_SHOWN = frozenset(
    {
        "identifier",
        "attribute",
        "not_operator",
        "boolean_operator",
        "parenthesized_expression",
        "true",
        "false",
        "none",
    }
)
_FLAG = lazy_pattern(r"(?:^|\.)[A-Z][A-Z0-9_]{2,}$")
_JOINING = frozenset({"and", "or", "not"})


class Conditions:
    """The conditions of one file, which is parsed when the first of them is asked for."""

    def __init__(self, tree_of: Callable[[], PythonTree]) -> None:
        self._tree_of = tree_of

    @cached_property
    def _tree(self) -> PythonTree:
        return self._tree_of()

    def at(self, span: Span) -> str | None:
        """The condition of the nearest test around `span`; None if there is none or it may not be shown."""
        return next(self._around(span), None)

    def of_flags(self, span: Span) -> str | None:
        """The nearest condition around a place that consists only of flags: `not config.DEBUG`."""
        return next((found for found in self._around(span) if found and _is_of_flags(found)), None)

    def _around(self, span: Span) -> Iterator[str | None]:
        """The conditions around a place, innermost first; None for one that may not be shown."""
        tree = self._tree
        node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
        while node is not None and (above := node.parent) is not None:
            if above.type in ("function_definition", "class_definition", "lambda"):
                return
            if tests := _tests(node, above):
                yield _joined(tree, tests)
            node = above


def _is_of_flags(condition: str) -> bool:
    return all(_FLAG.search(word) for word in re.findall(r"[\w.]+", condition) if word not in _JOINING)


def _tests(node: Node, above: Node) -> list[tuple[Node, bool]]:
    """The tests that decide whether a part of `above` runs, each with the required truth value."""
    match above.type:
        case "if_statement" | "elif_clause" if above.child_by_field_name("consequence") == node:
            return _tested(above, holds=True)
        case "else_clause" if above.parent is not None and above.parent.type == "if_statement":
            clauses = [each for each in named(above.parent) if each.type == "elif_clause"]
            return [test for each in (above.parent, *clauses) for test in _tested(each, holds=False)]
        case "conditional_expression" if len(children := named(above)) == 3 and node != children[1]:
            return [(children[1], node == children[0])]
        case "boolean_operator" if above.child_by_field_name("right") == node:
            operator, left = above.child_by_field_name("operator"), above.child_by_field_name("left")
            return [(left, operator.type == "and")] if operator is not None and left is not None else []
        case _:
            return []


def _tested(statement: Node, *, holds: bool) -> list[tuple[Node, bool]]:
    condition = statement.child_by_field_name("condition")
    return [(condition, holds)] if condition is not None else []


def _joined(tree: PythonTree, tests: list[tuple[Node, bool]]) -> str | None:
    """The tests as one condition; None if one may not be shown, or if it is too long for a message."""
    parts = [_shown(tree, test, holds=holds) for test, holds in tests]
    words = " and ".join(part for part in parts if part)
    return words if all(parts) and len(words) <= _MOST else None


def is_about_tests(project: Project, path: str, span: Span) -> bool:
    """Whether the nearest `if` around a place tests a name with `test` in it: `if test_config is None:`."""
    tree = project.tree_of(path)
    node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    while node is not None and node.type != "function_definition":
        if node.type in ("if_statement", "elif_clause"):
            condition = node.child_by_field_name("condition")
            return condition is not None and "test" in tree.source(condition).lower()
        node = node.parent
    return False


def _shown(tree: PythonTree, condition: Node, *, holds: bool) -> str | None:
    if not _may_be_shown(condition):
        return None
    if condition.type == "not_operator" and not holds:
        inner = condition.child_by_field_name("argument")
        return _shown(tree, inner, holds=True) if inner is not None else None
    words = " ".join(tree.source(condition).split())
    if holds:
        return words
    return f"not ({words})" if " " in words else f"not {words}"


def _may_be_shown(node: Node) -> bool:
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node.type not in _SHOWN:
            return False
        waiting += named(node)
    return True
