"""The condition under which code is executed, as it is written in the code."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from configvars.syntax.python import Node, PythonTree, named, parse
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
_FLAG = re.compile(r"(?:^|\.)[A-Z][A-Z0-9_]{2,}$")
_JOINING = frozenset({"and", "or", "not"})


class Conditions:
    """The conditions of one file, which is parsed when the first of them is asked for."""

    def __init__(self, text_of: Callable[[], str | None]) -> None:
        self._text_of = text_of

    @cached_property
    def _tree(self) -> PythonTree:
        return parse(self._text_of() or "")

    def at(self, span: Span) -> str | None:
        """The condition of the nearest `if` or `elif` around `span`; None if there is none or it may not be shown."""
        tree = self._tree
        node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
        while node is not None and (above := node.parent) is not None:
            if above.type in ("if_statement", "elif_clause") and (
                above.child_by_field_name("consequence") == node
            ):
                return _shown(tree, above.child_by_field_name("condition"))
            if above.type == "else_clause" and above.parent is not None:
                return _otherwise(tree, above.parent)
            if above.type in ("function_definition", "class_definition", "lambda"):
                return None
            node = above
        return None

    def of_flags(self, span: Span) -> str | None:
        """The condition around a place where it is made of flags alone, wherever they are from: `not config.DEBUG`."""
        condition = self.at(span)
        words = re.findall(r"[\w.]+", condition or "")
        is_of_flags = all(_FLAG.search(word) for word in words if word not in _JOINING)
        return condition if is_of_flags else None


def _otherwise(tree: PythonTree, statement: Node) -> str | None:
    """The condition of the `else` of a statement, where there is no `elif` before it."""
    if any(each.type == "elif_clause" for each in named(statement)):
        return None
    test = _shown(tree, statement.child_by_field_name("condition"))
    if test is None:
        return None
    return f"not ({test})" if " " in test else f"not {test}"


def is_about_tests(text: str, span: Span) -> bool:
    """Whether the nearest `if` around a place asks for something with `test` in its name: `if test_config is None:`."""
    tree = parse(text)
    node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    while node is not None and node.type != "function_definition":
        if node.type in ("if_statement", "elif_clause"):
            condition = node.child_by_field_name("condition")
            return condition is not None and "test" in tree.source(condition).lower()
        node = node.parent
    return False


def _shown(tree: PythonTree, condition: Node | None) -> str | None:
    if condition is None or not _may_be_shown(condition):
        return None
    words = " ".join(tree.source(condition).split())
    return words if len(words) <= _MOST else None


def _may_be_shown(node: Node) -> bool:
    return node.type in _SHOWN and all(_may_be_shown(child) for child in named(node))
