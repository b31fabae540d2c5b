"""What the syntax alone shows about statements that run without a variable."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.patterns import lazy_pattern
from configvars.syntax.python import Node, PythonTree, named

_LEAVING = frozenset({"return_statement", "continue_statement", "break_statement"})
_MAY_LEAVE = lazy_pattern(rb"return|continue|break")
# Statements that end a block or may end it: they count whichever names they contain.
ENDS = _LEAVING | {"raise_statement"}
OTHER_SCOPES = frozenset({"function_definition", "class_definition", "decorated_definition", "lambda"})

_BRANCHES = frozenset({"if_statement", "elif_clause", "else_clause", "except_clause"})
_REMOVING = frozenset({b"clear", b"discard", b"pop", b"remove"})
_BINDING = frozenset({"pattern_list", "tuple_pattern", "delete_statement", "as_pattern_target"})


def arm_for_none(clauses: list[Node]) -> Node | None:
    """The clause of a `match` statement that runs for `None`; None if that is not known."""
    for clause in clauses:
        pattern = next((child for child in clause.named_children if child.type == "case_pattern"), None)
        if pattern is None or clause.child_by_field_name("guard") is not None:
            return None
        kinds = {child.type for child in named(pattern)}
        if kinds <= {"none"} or (
            kinds == {"dotted_name"} and len(pattern.named_children[0].named_children) == 1
        ):
            return clause
        if not kinds <= {"string", "union_pattern", "integer"} or b"None" in (pattern.text or b""):
            return None
    return None


def with_targets(statement: Node) -> Iterator[Node]:
    """The targets of a `with` statement."""
    for clause in statement.named_children[:1]:
        for item in clause.named_children:
            value = item.child_by_field_name("value")
            alias = value.child_by_field_name("alias") if value is not None else None
            if alias is not None:
                yield alias


def leaves(tree: PythonTree, part: Node) -> bool:
    """Whether code may return from its function, or leave a loop; what raises does not count."""
    if _MAY_LEAVE.search(tree.data, part.start_byte, part.end_byte) is None:
        return False
    waiting = [part]
    while waiting:
        node = waiting.pop()
        if node.type in _LEAVING:
            return True
        if node.type not in OTHER_SCOPES:
            waiting.extend(node.named_children)
    return False


def behind_loop(tree: PythonTree, statement: Node) -> Node | None:
    """The statement after the `for` loop that ends with `statement`, if the loop runs for all its items."""
    body = statement.parent
    loop = body.parent if body is not None and body.type == "block" else None
    if body is None or loop is None or loop.type != "for_statement" or leaves(tree, body):
        return None
    return loop.next_named_sibling if loop.child_by_field_name("alternative") is None else None


def is_under_test(call: Node) -> bool:
    """Whether a statement that is only a call stands directly in a branch or handler."""
    block = call.parent.parent if call.parent is not None else None
    return block is not None and block.parent is not None and block.parent.type in _BRANCHES


def may_empty(name: Node) -> bool:
    """Whether code may remove items from the list or set `name`, or bind the name again."""
    parent = name.parent
    if parent is None:
        return True
    if parent.type == "attribute":
        attribute = parent.child_by_field_name("attribute")
        return attribute is not None and attribute.text in _REMOVING
    is_target = any(parent.child_by_field_name(field) == name for field in ("left", "alias"))
    is_added = parent.type == "augmented_assignment" and b"+=" in (
        child.type.encode() for child in parent.children
    )
    return parent.type in _BINDING or (is_target and not is_added)
