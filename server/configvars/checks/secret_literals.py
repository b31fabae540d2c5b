"""Strings of a Python file that are secrets by themselves, whatever they are assigned to."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.patterns import lazy_pattern
from configvars.secret_shapes import is_known_key, opens_a_database
from configvars.text import Span

_LITERAL = lazy_pattern(r"(?P<quote>['\"])(?P<text>[^'\"\\\n]{16,400})(?P=quote)")


def literals(text: str) -> Iterator[tuple[Span, str]]:
    """The strings of a file that are or contain a secret, each with what that is."""
    for found in _LITERAL.finditer(text):
        what = "" if _is_comment(text, found.start("text")) else _contained(found["text"])
        if what:
            yield Span(*found.span("text")), what


def _contained(text: str) -> str:
    """What a string is or contains, for a message; empty if it is no secret."""
    if is_known_key(text):
        return "a key"
    return "the password of a database" if opens_a_database(text) else ""


def _is_comment(text: str, at: int) -> bool:
    return text[text.rfind("\n", 0, at) + 1 : at].lstrip().startswith("#")
