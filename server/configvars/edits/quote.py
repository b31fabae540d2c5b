"""Quotes put around a value that has none."""

from __future__ import annotations

from configvars.model import TextEdit
from configvars.syntax.dotenv import parse_env


def quote(text: str, offset: int) -> TextEdit | None:
    """The edit that puts the value of the statement at an offset in double quotes, and keeps what is read.

    What is interpolated into it stays interpolated. None where no unquoted value stands.
    """
    for binding in parse_env(text):
        span = binding.literal_span
        if (
            binding.statement.start <= offset < binding.statement.end
            or offset == binding.statement.end == len(text)
        ):
            if span is None or binding.quote or span.start == span.end:
                return None
            written = span.of(text).replace("\\", "\\\\").replace('"', '\\"')
            return TextEdit(span, f'"{written}"')
    return None
