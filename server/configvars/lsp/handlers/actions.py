"""What can be done to a document: format it, and actions for a range: not all clients send findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars.features.env_format import format_env_file
from configvars.lsp.convert.actions import action_of, as_command
from configvars.lsp.convert.edits import text_edits
from configvars.lsp.handlers.table import Handlers
from configvars.lsp.offers import offers
from configvars.model import FileEdit

if TYPE_CHECKING:
    from configvars.lsp.server import Server


def offer_actions(server: Server, params: t.CodeActionParams) -> list[t.CodeAction | t.Command] | None:
    """The actions for a range, of the kinds that are wanted; as commands to a client that knows no others."""
    uri, only = params.text_document.uri, params.context.only
    at = server.asked(uri)
    if at is None:
        return None
    offered: list[t.CodeAction | t.Command] = []
    for action in offers(server, at, at.positions.span(params.range), only):
        each = (
            action_of(action, at.positions, at.view, only)
            if server.client.action_literals
            else as_command(action, uri, params.range)
        )
        if each and each not in offered:
            offered.append(each)
    return offered


def format_document(server: Server, params: t.DocumentFormattingParams) -> list[t.TextEdit] | None:
    """The edits that take away the blanks of an env file which no reader sees."""
    at = server.asked(params.text_document.uri)
    edits = format_env_file(at.project, at.path) if at else ()
    return text_edits(FileEdit(at.path, edits), at.positions) if at and edits else None


HANDLERS: Handlers = {
    t.TEXT_DOCUMENT_CODE_ACTION: offer_actions,
    t.TEXT_DOCUMENT_FORMATTING: format_document,
}
