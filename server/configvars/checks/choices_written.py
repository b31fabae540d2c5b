"""The strings that code accepts for a variable, if it lists them: in a `Literal`, a call, or an enum class."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.patterns import lazy_pattern
from configvars.readers.conversions import without_none
from configvars.secret import Secret
from configvars.syntax.python import Node, PythonTree, named
from configvars.text import Span

_ANNOTATION = lazy_pattern(
    r"[\"']?\s*:\s*(?P<optional>(?:typing\.|t\.)?Optional\[\s*)?(?:typing\.|t\.)?Literal\["
)
_CHOICE = lazy_pattern(
    r"\s*(?:(?P<quote>[\"'])(?P<text>[^\"'\\\n]*)(?P=quote)|[+-]?\d+|True|False|None)\s*(?P<after>[,\]])"
)
_CALLS = ("Choices", "OneOf")
_LISTS = frozenset({"list", "tuple", "set"})


def of_literal(text: str, field: Span) -> frozenset[Secret] | None:
    """The strings that the `Literal` of a field allows; None if not all of them are written out."""
    start = _ANNOTATION.match(text, field.end)
    found: set[Secret] = set()
    at = start.end() if start is not None else len(text)
    while (choice := _CHOICE.match(text, at)) is not None:
        if choice["text"] is not None:  # a variable is a string, so that it never equals a number
            found.add(Secret(choice["text"]))
        if choice["after"] == "]":
            return frozenset(found)
        at = choice.end()
    return None


def of_call(tree: PythonTree, read: Span) -> frozenset[Secret] | None:
    """The strings in `Choices([…])` or `OneOf([…])` in the call of a read; None if not all are written out."""
    node = tree.root.descendant_for_byte_range(tree.byte(read.start), tree.byte(read.end))
    while node is not None and node.type != "argument_list":
        node = node.parent
    for argument in named(node) if node is not None else ():
        call = argument.child_by_field_name("value") if argument.type == "keyword_argument" else argument
        function = call.child_by_field_name("function") if call is not None and call.type == "call" else None
        if call is not None and function is not None and tree.source(function).endswith(_CALLS):
            given = call.child_by_field_name("arguments")
            inside = named(given) if given is not None else []
            return _all(tree, inside[0]) if len(inside) == 1 and inside[0].type in _LISTS else None
    return None


def of_enum(tree: PythonTree, field: Span) -> frozenset[Secret] | None:
    """The values of the enum class that annotates a field; None if they are not all plain strings."""
    name = tree.root.descendant_for_byte_range(tree.byte(field.start), tree.byte(field.end))
    annotation = name.parent.child_by_field_name("type") if name is not None and name.parent else None
    wanted = without_none(tree.source(annotation))[0] if annotation is not None else ""
    for statement in named(tree.root):
        called = statement.child_by_field_name("name") if statement.type == "class_definition" else None
        body = statement.child_by_field_name("body")
        if called is not None and body is not None and tree.source(called) == wanted:
            return _members(tree, body)
    return None


def _members(tree: PythonTree, body: Node) -> frozenset[Secret] | None:
    found: set[Secret] = set()
    for statement in named(body):
        inner = named(statement)[:1]
        if statement.type != "expression_statement" or not inner or inner[0].type == "comment":
            if statement.type in ("comment", "pass_statement"):
                continue
            return None  # a method may accept other strings
        if inner[0].type == "string":
            continue
        value = inner[0].child_by_field_name("right") if inner[0].type == "assignment" else None
        text = _text(tree, value) if value is not None else None
        if text is None:
            return None
        found.add(Secret(text))
    return frozenset(found) or None


def _all(tree: PythonTree, items: Node) -> frozenset[Secret] | None:
    texts = list(_texts(tree, items))
    return (
        None if None in texts or not texts else frozenset(Secret(text) for text in texts if text is not None)
    )


def _texts(tree: PythonTree, items: Node) -> Iterator[str | None]:
    for item in named(items):
        if item.type != "comment":
            yield _text(tree, item)


def _text(tree: PythonTree, node: Node) -> str | None:
    """A plain string without escapes; None for anything else."""
    source = tree.source(node)
    is_plain = (
        node.type == "string"
        and "\\" not in source
        and source[:1] in ("'", '"')
        and source[:3] != source[0] * 3
    )
    return source[1:-1] if is_plain and len(named(node)) <= 3 and "interpolation" not in str(node) else None
