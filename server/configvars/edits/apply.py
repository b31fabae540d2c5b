"""A text with its edits made."""

from __future__ import annotations

from collections.abc import Iterable

from configvars.model import TextEdit


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """The text after all edits, which must not overlap; those at one place are made in their order."""
    parts: list[str] = []
    cursor = 0
    for edit in sorted(edits, key=lambda edit: edit.span.start):
        if edit.span.start < cursor:
            raise ValueError("overlapping edits")
        parts += [text[cursor : edit.span.start], edit.text]
        cursor = edit.span.end
    return "".join([*parts, text[cursor:]])
