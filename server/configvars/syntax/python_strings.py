"""The value of a Python string literal, and the spans of its parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from configvars.patterns import lazy_pattern
from configvars.syntax.python import Node, PythonTree, named
from configvars.text import Span

_ESCAPE = lazy_pattern(
    r"\\(?:(\r\n|\n|\r)|([0-7]{1,3})|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|N\{([^}]*)\}|(.))",
    re.DOTALL,
)
_BYTES_ESCAPE = lazy_pattern(r"\\(?:(\r\n|\n|\r)|([0-7]{1,3})|x([0-9A-Fa-f]{2})|()()()(.))", re.DOTALL)
_SINGLE = {
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}


class Piece(Struct, frozen=True):
    """A part of a literal: its text, or the expression for it if the text is not known.

    `formatted` marks an expression with a conversion or a format, which can change the text.
    """

    span: Span
    text: str = ""
    expression: Node | None = None
    formatted: bool = False


def pieces(tree: PythonTree, node: Node) -> Iterator[Piece]:
    """The parts of a `string` or `concatenated_string` node in order, with the spans inside the quotes."""
    if node.type == "concatenated_string":
        for child in named(node):
            if child.type == "string":
                yield from pieces(tree, child)
        return
    prefix = ""
    before = node.start_byte
    found = False
    for child in named(node):
        if child.type == "string_start":
            prefix = tree.source(child).rstrip("'\"").lower()
            before = child.end_byte
        elif child.type == "string_content":
            found = True
            yield Piece(tree.span(child), _decode(tree.source(child), prefix))
        elif child.type == "interpolation":
            found = True
            yield Piece(
                tree.span(child),
                expression=child.child_by_field_name("expression"),
                formatted=len(named(child)) > 1,
            )
    if not found:
        offset = tree.offset(before)
        yield Piece(Span(offset, offset))


_LITERAL = lazy_pattern(
    r"""(?P<prefix>[rbuRBU]{0,2})(?P<quote>\"{3}|'{3}|"|')(?P<body>(?:(?!(?P=quote))(?:\\.|[^\\]))*)(?P=quote)""",
    re.DOTALL,
)


def text_of_literal(source: str) -> str | None:
    """The text of an expression that is one plain literal, in parentheses or not; None for any other."""
    inner = source.strip()
    while inner.startswith("(") and inner.endswith(")"):
        inner = inner[1:-1].strip()
    found = _LITERAL.fullmatch(inner)
    return None if found is None else _decode(found["body"], found["prefix"].lower())


def _decode(source: str, prefix: str) -> str:
    if "f" in prefix or "t" in prefix:
        source = source.replace("{{", "{").replace("}}", "}")
    if "\\" not in source or "r" in prefix:
        return source
    return (_BYTES_ESCAPE if "b" in prefix else _ESCAPE).sub(_escape, source)


def _escape(found: re.Match[str]) -> str:
    newline, octal, byte, short, long, name, single = found.groups()
    if newline:
        return ""
    if octal:
        return chr(int(octal, 8))
    code = byte or short or long
    if code:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else found[0]
    if name:
        try:
            return unicodedata.lookup(name)
        except KeyError:
            return found[0]
    return _SINGLE.get(single or "", found[0])
