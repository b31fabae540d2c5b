"""Semantic tokens in the protocol's encoding: five numbers for each token, relative to the previous one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol import types as t

from configvars.features.results import Token
from configvars.lsp.convert.positions import Positions
from configvars.text import Span

LEGEND = t.SemanticTokensLegend(
    token_types=["variable", "keyword", "comment", "string", "operator"], token_modifiers=["unused"]
)
_TYPES = {name: number for number, name in enumerate(LEGEND.token_types)}
_UNUSED = 1  # the bit of the modifier


def tokens_of(found: Iterable[Token], positions: Positions) -> t.SemanticTokens:
    """Tokens in order; a token on several lines is split, because not every client supports those."""
    data: list[int] = []
    line = character = 0
    for token in found:
        unused = token.kind == "unused"
        type_ = _TYPES["variable" if unused else token.kind]
        for start, length in _by_line(token.span, positions):
            if start.line != line:
                character = 0
            data += (start.line - line, start.character - character, length, type_, _UNUSED * unused)
            line, character = start.line, start.character
    return t.SemanticTokens(data)


def _by_line(span: Span, positions: Positions) -> Iterator[tuple[t.Position, int]]:
    """The start of each line's part of a span, and its length in the client's units."""
    for part in positions.lines_of(span):
        start, end = positions.position(part.start), positions.position(part.end)
        if end.character > start.character:
            yield start, end.character - start.character
