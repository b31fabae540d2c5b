"""The condition under which a place in code is reached, in the words of the code."""

from __future__ import annotations

from configvars.syntax.python import Node, PythonTree, named, parse
from configvars.text import Span

_MOST = 60  # characters that a sentence can hold
# What can be shown: names, and what joins them. Texts and numbers may be values.
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


def condition_at(text: str, span: Span) -> str | None:
    """The test of the nearest `if` or `elif` around a place; None where there is none that can be shown."""
    tree = parse(text)
    node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    while node is not None and node.parent is not None:
        above = node.parent
        if above.type in ("if_statement", "elif_clause") and above.child_by_field_name("consequence") == node:
            return _shown(tree, above.child_by_field_name("condition"))
        if above.type == "else_clause" and above.parent is not None:
            tests = [above.parent, *(each for each in named(above.parent) if each.type == "elif_clause")]
            last = _shown(tree, tests[-1].child_by_field_name("condition"))
            return (
                None
                if last is None or len(tests) > 1
                else f"not {last}"
                if " " not in last
                else f"not ({last})"
            )
        if above.type in ("function_definition", "class_definition", "lambda"):
            return None
        node = above
    return None


def _shown(tree: PythonTree, condition: Node | None) -> str | None:
    if condition is None or not _may_be_shown(condition):
        return None
    words = " ".join(tree.source(condition).split())
    return words if len(words) <= _MOST else None


def _may_be_shown(node: Node) -> bool:
    return node.type in _SHOWN and all(_may_be_shown(child) for child in named(node))
