"""The tokens of the expressions and statements in Jinja templates, with spans.

Only the parts in `{{ }}` and `{% %}` are returned, without comments and `raw` blocks. A part without an end
(it is being typed) ends at the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from msgspec import Struct

from configvars.patterns import lazy_pattern
from configvars.text import Span

_OPENING = lazy_pattern(r"\{\{[-+]?|\{%[-+]?|\{#")
_RAW = lazy_pattern(r"\{%[-+]?\s*raw\b")
_END_RAW = lazy_pattern(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_TOKEN = lazy_pattern(
    r"""(?P<opening>\{\{|\{%|\{\#)|(?P<closing>[-+]?%\}|-?\}\})|(?P<name>[^\W\d]\w*)
    |(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?P<number>\d[\w.]*)|(?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)


Kind = Literal["name", "text", "number", "other"]


class Token(NamedTuple):
    """A name, string (with its quotes), number or other character of a template."""

    kind: Kind
    text: str
    span: Span

    @property
    def inner(self) -> Span:
        """The span of a string without its quotes."""
        return Span(self.span.start + 1, self.span.end - 1)


class Part(Struct, frozen=True):
    """The content of `{{ }}`, or of `{% %}` (`statement`)."""

    statement: bool
    tokens: tuple[Token, ...]


def parse_jinja(text: str) -> Iterator[Part]:
    """The expressions and statements of a template, in order."""
    position = 0
    while found := _OPENING.search(text, position):
        position = found.end()
        if found[0] == "{#":
            position = _after(text, "#}", position)
        elif _RAW.match(text, found.start()):
            ending = _END_RAW.search(text, position)
            position = ending.end() if ending else len(text)
        else:
            tokens, position = _tokens(text, position, found[0][1] == "%")
            yield Part(found[0][1] == "%", tokens)


def _after(text: str, ending: str, position: int) -> int:
    found = text.find(ending, position)
    return found + len(ending) if found >= 0 else len(text)


def _tokens(text: str, position: int, statement: bool) -> tuple[tuple[Token, ...], int]:
    """The tokens up to the closing mark, and the offset after it."""
    tokens: list[Token] = []
    closing = "%}" if statement else "}}"
    depth = 0
    while found := _TOKEN.search(text, position):
        position = found.end()
        if found.lastgroup == "opening":
            return tuple(tokens), found.start()
        if found.lastgroup == "closing":
            if found[0].endswith(closing) and not depth:
                break
            position = found.start() + 1
        character = text[found.start() : position]
        depth = max(depth + {"{": 1, "}": -1}.get(character, 0), 0)
        tokens.append(Token(_kind(found.lastgroup), character, Span(found.start(), position)))
    return tuple(tokens), position


def _kind(group: str | None) -> Kind:
    match group:
        case "name" | "text" | "number":
            return group
        case _:
            return "other"
