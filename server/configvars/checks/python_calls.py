"""The call that a read is handed to: `int(os.getenv("X"))`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from configvars.model import Reference
from configvars.syntax.python import Node, PythonTree, named, parse
from configvars.text import Span


def handed_to(
    text: str, references: Collection[Reference], functions: Collection[str]
) -> Iterator[tuple[Reference, str, str]]:
    """The references whose read is the only argument of a call of one of `functions`, as they are written.

    With each come the name of the function and the text of the read.
    """
    if not references or not any(f"{function}(" in text for function in functions):
        return
    tree = parse(text)
    for reference in references:
        read = _read_around(tree, reference.span)
        function = _function_of(read) if read is not None else None
        if read is not None and function is not None and tree.source(function) in functions:
            yield reference, tree.source(function), tree.source(read)


def _read_around(tree: PythonTree, span: Span) -> Node | None:
    """The innermost call or subscript that a name stands in."""
    node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    while node is not None and node.type not in ("call", "subscript"):
        node = node.parent
    return node


def _function_of(read: Node) -> Node | None:
    """What is called with a read, and nothing else."""
    parent = read.parent
    while parent is not None and parent.type == "parenthesized_expression":
        parent = parent.parent
    if parent is None or parent.type != "argument_list" or len(named(parent)) != 1:
        return None
    return parent.parent.child_by_field_name("function") if parent.parent is not None else None
