"""`${NAME}` and `${NAME:-default}`, exactly as python-dotenv finds them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from configvars.text import Span


class Expression(Struct, frozen=True):
    """One `${NAME:-default}` with spans relative to its value; `default` is None if there is none."""

    span: Span
    name: Span
    default: Span | None


def scan(value: str) -> Iterator[Expression]:
    """Every interpolation in a value, from left to right.

    Finds what python-dotenv's regular expression finds (a name contains neither ``}`` nor ``:``; there is no
    nesting and no escape), in linear time: each ``}`` and each ``:`` is searched once.
    """
    closing = colon = -1
    start = value.find("${")
    while start != -1:
        name = start + 2
        if closing < name:
            closing = value.find("}", name)
            if closing == -1:
                return
        if colon < name:
            colon = value.find(":", name)
            colon = len(value) if colon == -1 else colon
        found = _expression(value, start, colon, closing)
        if found is not None:
            yield found
        start = value.find("${", found.span.end if found else name)


def _expression(value: str, start: int, colon: int, closing: int) -> Expression | None:
    """The interpolation at `start`, given the next colon and the next closing brace.

    None if there is none.
    """
    span = Span(start, closing + 1)
    if colon > closing:
        return Expression(span, Span(start + 2, closing), None)
    if value.startswith("-", colon + 1):
        return Expression(span, Span(start + 2, colon), Span(colon + 2, closing))
    return None
