"""Formatting, and code actions for a range: not all clients send the findings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars.features.env_format import format_env_file
from configvars.lsp.convert.actions import action_of, as_command
from configvars.lsp.convert.edits import text_edits
from configvars.lsp.findings import findings_of
from configvars.lsp.handlers.table import Handlers
from configvars.lsp.offers import offers
from configvars.model import FileEdit

if TYPE_CHECKING:
    from configvars.lsp.server import Server


async def offer_actions(server: Server, params: t.CodeActionParams) -> list[t.CodeAction | t.Command] | None:
    """The actions of the requested kinds for a range; commands for a client that supports only those.

    The checks run first, in slices; they start again if the document changes in the meantime.
    """
    uri, only = params.text_document.uri, params.context.only
    at = server.asked(uri)
    findings = await findings_of(at.folder, at.path) if at else ()
    at = server.asked(uri)
    if at is None:
        return None
    offered: list[t.CodeAction | t.Command] = []
    for action in offers(server, at, at.positions.span(params.range), only, findings):
        each = (
            action_of(action, at.positions, at.view, only)
            if server.client.action_literals
            else as_command(action, uri, params.range)
        )
        if each and each not in offered:
            offered.append(each)
    return offered


def format_document(server: Server, params: t.DocumentFormattingParams) -> list[t.TextEdit] | None:
    """The edits that remove blanks of an env file that no reader uses."""
    at = server.asked(params.text_document.uri)
    edits = format_env_file(at.project, at.path) if at else ()
    return text_edits(FileEdit(at.path, edits), at.positions) if at and edits else None


HANDLERS: Handlers = {
    t.TEXT_DOCUMENT_CODE_ACTION: offer_actions,
    t.TEXT_DOCUMENT_FORMATTING: format_document,
}
