"""Semantic tokens of an env file as python-dotenv reads it, for correct highlighting."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from configvars.features.results import Token
from configvars.limits import SHOWN
from configvars.project import Project
from configvars.syntax.dotenv import Binding
from configvars.text import Span

_TOKENS = 3  # of a statement: name, equals sign, value


def semantic_tokens(project: Project, path: str) -> tuple[Token, ...]:
    """The tokens of an env file in order; none for other files. A value may span lines.

    Only the start of an extremely long file has tokens.
    """
    facts = project.index.files.get(path)
    text = project.text_of(path)
    if facts is None or facts.kind != "dotenv" or facts.skipped or text is None:
        return ()
    shown = project.statements(path)[: SHOWN.most]
    tokens = (token for binding in shown for token in _tokens(binding, text))
    return tuple(islice(tokens, _TOKENS * SHOWN.most))


def _tokens(binding: Binding, text: str) -> Iterator[Token]:
    if binding.export_span:
        yield Token(binding.export_span, "keyword")
    if binding.key_span:
        yield Token(binding.key_span, "variable")
    if binding.literal_span:
        equals = text.find("=", binding.key_span.end if binding.key_span else 0, binding.literal_span.start)
        if equals != -1:
            yield Token(Span(equals, equals + 1), "operator")
        yield from _value(binding, binding.literal_span)
    if binding.comment_span:
        yield Token(binding.comment_span, "comment")


def _value(binding: Binding, literal: Span) -> Iterator[Token]:
    """The value as a string, with the names in it that are interpolated."""
    start = literal.start
    for found in binding.interpolations:
        if found.name:
            yield Token(Span(start, found.span.start), "string")
            yield Token(found.span, "variable")
            start = found.span.end
    if start < literal.end:
        yield Token(Span(start, literal.end), "string")
