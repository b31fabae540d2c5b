"""Semantic tokens in the protocol's encoding: five numbers for each token, relative to the previous one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lsprotocol import types as t

from configvars.features.results import Token, TokenKind
from configvars.lsp.client import Client
from configvars.lsp.convert.positions import Positions
from configvars.text import Span

# The standard types for each kind of token, the best one first.
_FITTING: Mapping[TokenKind, tuple[str, ...]] = {
    "variable": ("variable", "property", "parameter"),
    "keyword": ("keyword", "modifier", "macro"),
    "comment": ("comment",),
    "string": ("string", "regexp"),
    "operator": ("operator", "keyword"),
}


def type_for(kind: TokenKind, client: Client) -> str | None:
    """The first fitting type that a client lists, if it lists any; None if it lists none that fits."""
    listed = client.token_types
    return next((each for each in _FITTING[kind] if listed is None or each in listed), None)


def legend_of(client: Client) -> t.SemanticTokensLegend | None:
    """The types of the tokens that a client gets; None if it lists none that fits."""
    types = dict.fromkeys(type_ for kind in _FITTING if (type_ := type_for(kind, client)) is not None)
    return t.SemanticTokensLegend(token_types=list(types), token_modifiers=[]) if types else None


def tokens_of(found: Iterable[Token], positions: Positions, client: Client) -> t.SemanticTokens:
    """Tokens in order; a token on several lines is split, because not every client supports those."""
    data: list[int] = []
    line = character = 0
    legend = legend_of(client)
    numbers = {type_: number for number, type_ in enumerate(legend.token_types if legend else ())}
    for token in found:
        type_ = type_for(token.kind, client)
        if type_ is None:
            continue
        for start, length in _by_line(token.span, positions):
            if start.line != line:
                character = 0
            data += (start.line - line, start.character - character, length, numbers[type_], 0)
            line, character = start.line, start.character
    return t.SemanticTokens(data)


def _by_line(span: Span, positions: Positions) -> Iterator[tuple[t.Position, int]]:
    """The start of each line's part of a span, and its length in the client's units."""
    for part in positions.lines_of(span):
        start, end = positions.position(part.start), positions.position(part.end)
        if end.character > start.character:
            yield start, end.character - start.character
