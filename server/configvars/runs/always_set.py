"""Whether a place that sets a variable certainly runs if its file does: branches that a deployed app takes.

A branch counts if it runs whenever the variable is not set yet, or whenever the program runs on Heroku.
"""

from __future__ import annotations

import re
from functools import cache

from configvars.patterns import lazy_pattern
from configvars.syntax.python import Node, PythonTree
from configvars.text import Span

_DYNO = "DYNO"
_BODIES = frozenset({"function_definition", "lambda"})
_EXISTS = lazy_pattern(r"(?:^|\.)(?:exists|isfile|is_file)$")
_BRANCHES = frozenset(
    {"for_statement", "while_statement", "match_statement", "boolean_operator", "conditional_expression"}
)


def outermost_branch(tree: PythonTree, span: Span, name: str, *, loads: bool = False) -> int | None:
    """Where the outermost statement around a place starts that a deployed app may not take, but does here.

    None if there is no branch around the place, or if one of them may not be taken. `loads`: the place loads
    a file that is deployed, so a test whether a file exists holds.
    """
    node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    outermost: Node | None = None
    while node is not None and (above := node.parent) is not None and above.type not in _BODIES:
        if loads and node == above.child_by_field_name("consequence") and _tests_file(tree, above):
            outermost, node = above, above
            continue
        taken = _is_taken(tree, node, above, name)
        if taken is False:
            return None
        if taken:
            outermost = above
        node = above
    return None if outermost is None else tree.span(outermost).start


def _is_taken(tree: PythonTree, node: Node, above: Node, name: str) -> bool | None:
    """Whether a part of a statement surely runs; None if the statement has no branches."""
    alternatives = above.children_by_field_name("alternative")
    match above.type:
        case "if_statement" if node == above.child_by_field_name("consequence"):
            return _holds(tree, above, name)
        case "if_statement" if node in alternatives:
            return len(alternatives) == 1 and _holds(tree, above, name, negated=True)
        case "try_statement" if node.type == "except_clause":
            return _fails_without(tree, node, name)
        case kind:
            return False if kind in _BRANCHES else None


def _tests_file(tree: PythonTree, statement: Node) -> bool:
    """Whether the condition of an `if` is that a file exists: `os.path.exists(path)`, `path.is_file()`."""
    condition = statement.child_by_field_name("condition")
    if statement.type != "if_statement" or condition is None or condition.type != "call":
        return False
    function = condition.child_by_field_name("function")
    return function is not None and _EXISTS.search(tree.source(function)) is not None


def _holds(tree: PythonTree, statement: Node, name: str, *, negated: bool = False) -> bool:
    """Whether the condition is that the variable is not set, or that the program runs on Heroku."""
    condition = statement.child_by_field_name("condition")
    words = "" if condition is None else "".join(tree.source(condition).split()).replace("'", '"')
    return _says(name, is_set=negated).fullmatch(words) is not None or (
        _says(_DYNO, is_set=not negated).fullmatch(words) is not None
    )


@cache
def _says(name: str, *, is_set: bool) -> re.Pattern[str]:
    """The conditions, without spaces, that a variable is set or not set."""
    key = re.escape(f'"{name}"')
    environ = r"(?:os\.)?environ"
    get = rf'(?:{environ}\.get|(?:os\.)?getenv)\({key}(?:,(?:None|""|default=None))?\)'
    if is_set:
        return re.compile(rf"\(?(?:{key}in{environ}|{get}(?:isnotNone)?)\)?")
    return re.compile(rf"\(?(?:{key}notin{environ}|not{key}in{environ}|not{get}|{get}isNone)\)?")


def _fails_without(tree: PythonTree, clause: Node, name: str) -> bool:
    """Whether an `except KeyError` follows code that fails without the variable."""
    statement = clause.parent
    body = statement.child_by_field_name("body") if statement is not None else None
    if body is None or tree.source(clause.named_children[0]).split()[0] != "KeyError":
        return False
    return re.search(rf"environ\[(['\"]){re.escape(name)}\1\]", tree.source(body)) is not None
