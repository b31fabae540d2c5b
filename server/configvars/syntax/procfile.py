"""A Procfile: process types and the commands that start them, as Heroku reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from configvars.patterns import lazy_pattern
from configvars.text import Span

_PROCESS = lazy_pattern(r"^[ \t]*([A-Za-z0-9_-]+)[ \t]*:[ \t]*([^\r\n]*)", re.MULTILINE)


class Process(Struct, frozen=True):
    """One line of a Procfile."""

    name: str
    name_span: Span
    command: str
    command_span: Span


def parse_procfile(text: str) -> Iterator[Process]:
    """The processes in order; a line that declares none (a comment) is skipped."""
    for found in _PROCESS.finditer(text):
        yield Process(found[1], Span(*found.span(1)), found[2], Span(*found.span(2)))
