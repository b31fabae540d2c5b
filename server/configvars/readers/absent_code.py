"""What the syntax alone shows about statements that run without a variable."""

from __future__ import annotations

from configvars.syntax.python import Node, named

_LEAVING = frozenset({"return_statement", "continue_statement", "break_statement"})
# Statements that end a block or may end it: they count whichever names they contain.
ENDS = _LEAVING | {"raise_statement"}
OTHER_SCOPES = frozenset({"function_definition", "class_definition", "decorated_definition", "lambda"})


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


def leaves(part: Node) -> bool:
    """Whether code may return from its function, or leave a loop; what raises does not count."""
    waiting = [part]
    while waiting:
        node = waiting.pop()
        if node.type in _LEAVING:
            return True
        if node.type not in OTHER_SCOPES:
            waiting.extend(node.named_children)
    return False
