"""Removing lines from an env file."""

from __future__ import annotations

from configvars.model import TextEdit
from configvars.syntax.env_parts import whole_statements


def remove(text: str, name: str) -> tuple[TextEdit, ...]:
    """The edits that delete every line that defines `name`. Comments and blank lines stay."""
    return tuple(TextEdit(b.statement, "") for b in whole_statements(text) if b.key == name)
