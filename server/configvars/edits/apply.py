"""Applying edits to a text, and shifting them."""

from __future__ import annotations

from collections.abc import Iterable

from configvars.model import TextEdit
from configvars.text import Span


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """The text after all edits, which must not overlap; edits at the same place are applied in order."""
    parts: list[str] = []
    cursor = 0
    for edit in sorted(edits, key=lambda edit: edit.span.start):
        if edit.span.start < cursor:
            raise ValueError("overlapping edits")
        parts += [text[cursor : edit.span.start], edit.text]
        cursor = edit.span.end
    return "".join([*parts, text[cursor:]])


def moved(edits: Iterable[TextEdit], by: int) -> tuple[TextEdit, ...]:
    """Edits of a part of a text as edits of the whole text, in which the part starts at offset `by`."""
    return tuple(TextEdit(Span(e.span.start + by, e.span.end + by), e.text) for e in edits)
