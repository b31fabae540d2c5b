"""Hover, completion, semantic tokens, folding, lenses, hints and links.

If there is nothing to show, the answer is null and not an empty list: for some editors an empty list means
that this server knows the file best, and they ignore other servers.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from lsprotocol import types as t
from msgspec.structs import replace

from configvars.features.code_lens import code_lens
from configvars.features.completion import completing
from configvars.features.document_links import document_links
from configvars.features.folding import folding
from configvars.features.hover import hover
from configvars.features.inlay_hints import inlay_hints
from configvars.features.results import Completion
from configvars.features.semantic_tokens import semantic_tokens
from configvars.lsp.answering import answered
from configvars.lsp.convert.results import completion_of, folds_of, hints_of, hover_of, lenses_of, links_of
from configvars.lsp.convert.tokens import tokens_of
from configvars.lsp.handlers.table import Handlers
from configvars.lsp.hover_links import with_links

if TYPE_CHECKING:
    from configvars.lsp.server import Asked, Server


async def complete(server: Server, params: t.CompletionParams) -> t.CompletionList | None:
    """The names for the cursor's position."""

    def work(at: Asked) -> Generator[None, None, Completion | None]:
        return completing(at.project, at.path, at.positions.offset(params.position))

    done = await answered(server, params.text_document.uri, work)
    if done is None or done[1] is None:
        return None
    return completion_of(done[1], done[0].positions, server.client)


def show_hover(server: Server, params: t.HoverParams) -> t.Hover | None:
    """The hover for the variable under the cursor."""
    at = server.asked(params.text_document.uri)
    if at is None:
        return None
    found = hover(at.project, at.path, at.positions.offset(params.position))
    if found and server.client.command_links:
        found = replace(found, markdown=with_links(server, at, found))
    return hover_of(found, at.positions, server.client) if found else None


def fold(server: Server, params: t.FoldingRangeParams) -> list[t.FoldingRange] | None:
    """The folding ranges of an env file."""
    at = server.asked(params.text_document.uri)
    return (folds_of(folding(at.project, at.path)) or None) if at else None


def colour(server: Server, params: t.SemanticTokensParams) -> t.SemanticTokens | None:
    """The semantic tokens of an env file."""
    at = server.asked(params.text_document.uri)
    found = semantic_tokens(at.project, at.path) if at else ()
    return tokens_of(found, at.positions, server.client) if at and found else None


def show_lenses(server: Server, params: t.CodeLensParams) -> list[t.CodeLens] | None:
    """The lenses of an env file."""
    at = server.asked(params.text_document.uri)
    found = code_lens(at.project, at.path) if at else ()
    told = lenses_of(found, at.positions, at.view, at.path, at.folder.uri) if at else []
    return (server.keystrokes.steady(at.path, told) or None) if at else None


def show_hints(server: Server, params: t.InlayHintParams) -> list[t.InlayHint] | None:
    """The place that sets each variable that code reads, for users who have enabled that."""
    at = server.asked(params.text_document.uri)
    if at is None or not at.project.settings.inlay_hints:
        return None
    found = inlay_hints(
        at.project, at.path, at.positions.span(params.range), server.keystrokes.offset(at.path)
    )
    return hints_of(found, at.positions, server.client) or None


def show_links(server: Server, params: t.DocumentLinkParams) -> list[t.DocumentLink] | None:
    """The env files that code loads by name."""
    at = server.asked(params.text_document.uri)
    everywhere = document_links(at.project, at.path) if at else ()
    found = [link for link in everywhere if at and at.positions.holds(link.span)]
    return links_of(found, at.positions) if at and found else None


HANDLERS: Handlers = {
    t.TEXT_DOCUMENT_COMPLETION: complete,
    t.TEXT_DOCUMENT_HOVER: show_hover,
    t.TEXT_DOCUMENT_FOLDING_RANGE: fold,
    t.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: colour,
    t.TEXT_DOCUMENT_CODE_LENS: show_lenses,
    t.TEXT_DOCUMENT_INLAY_HINT: show_hints,
    t.TEXT_DOCUMENT_DOCUMENT_LINK: show_links,
}
