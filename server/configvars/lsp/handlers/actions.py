"""Formatting, and code actions for a range: not all clients send the findings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars.features.env_format import format_env_file
from configvars.limits import OFFERED, said
from configvars.lsp.answering import answered
from configvars.lsp.convert.actions import action_of, as_command
from configvars.lsp.convert.edits import document_edits
from configvars.lsp.handlers.table import Handlers
from configvars.lsp.offers import offers

if TYPE_CHECKING:
    from configvars.lsp.server import Server


async def offer_actions(server: Server, params: t.CodeActionParams) -> list[t.CodeAction | t.Command] | None:
    """The actions of the requested kinds for a range; commands for a client that supports only those.

    A range of an extremely long file may have more than an editor can show: it gets only the first ones.
    """
    uri, only = params.text_document.uri, params.context.only
    done = await answered(server, uri, lambda at: offers(server, at, at.positions.span(params.range), only))
    if done is None:
        return None
    at, found = done
    if len(found) > OFFERED.most:
        server.log_once(f"{at.project.relative(at.path)} {said([(OFFERED.name, 1)])}")
    offered: list[t.CodeAction | t.Command] = []
    for action in found[: OFFERED.most]:
        each = (
            action_of(action, at.positions, at.view, at.project, only)
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
    return (document_edits(at.path, edits, at.positions, at.project) or None) if at else None


HANDLERS: Handlers = {
    t.TEXT_DOCUMENT_CODE_ACTION: offer_actions,
    t.TEXT_DOCUMENT_FORMATTING: format_document,
}
