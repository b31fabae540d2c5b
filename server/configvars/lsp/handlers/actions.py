"""What can be done to a document: format it, and actions for a range: not all clients send findings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars import failures
from configvars.actions.extract import extract_actions
from configvars.features.code_actions import code_actions
from configvars.features.env_format import format_env_file
from configvars.features.results import Action
from configvars.lsp.capabilities import FIX_ALL
from configvars.lsp.convert.actions import action_of
from configvars.lsp.convert.edits import text_edits
from configvars.lsp.handlers.table import Handlers
from configvars.model import FileEdit, Fix, TextEdit
from configvars.workspace.git import reader

if TYPE_CHECKING:
    from configvars.lsp.server import Asked, Server


def offer_actions(server: Server, params: t.CodeActionParams) -> list[t.CodeAction | t.Command] | None:
    """The actions for a range, of the kinds that are wanted."""
    at = server.asked(params.text_document.uri)
    if at is None:
        return None
    only = params.context.only
    span = at.positions.span(params.range)
    read = reader(None if server.trusted else at.folder.root)
    found: list[Action] = []
    for offers in (code_actions, partial(extract_actions, read=read)):
        with failures.contained(f"offering actions for {at.path}"):
            found += offers(at.project, at.path, span)
    if only is not None:
        with failures.contained(f"fixing all of {at.path}"):
            found += _fix_all(at)
        found = [action for action in found if any(_is_a(action.kind, kind) for kind in only)]
    offered: list[t.CodeAction | t.Command] = []
    for action in found:
        each = action_of(action, at.positions, at.view, only)
        if each and each not in offered:
            offered.append(each)
    return offered


def format_document(server: Server, params: t.DocumentFormattingParams) -> list[t.TextEdit] | None:
    """The edits that take away the blanks of an env file which no reader sees."""
    at = server.asked(params.text_document.uri)
    edits = format_env_file(at.project, at.path) if at else ()
    return text_edits(FileEdit(at.path, edits), at.positions) if at and edits else None


def _is_a(kind: str, wanted: str) -> bool:
    """Whether `kind` is `wanted` or a kind of it; an empty `wanted` is the kind of all."""
    return not wanted or kind == wanted or kind.startswith(f"{wanted}.")


def _fix_all(at: Asked) -> list[Action]:
    """All that can be mended in the document without being looked at, as one action."""
    edits: list[TextEdit] = []
    for finding in at.folder.workspace.findings(at.path):
        fix = next((fix for fix in finding.fixes if fix.certain and _stays_in(fix, at.path)), None)
        new = [edit for change in fix.changes for edit in change.edits] if fix else []
        if not any(edit.span.overlaps(other.span) for edit in new for other in edits):
            edits += new
    fix = Fix("Fix all that is certain", (FileEdit(at.path, tuple(edits)),))
    return [Action(fix, FIX_ALL)] if edits else []


def _stays_in(fix: Fix, path: str) -> bool:
    return bool(fix.changes) and fix.command is None and all(change.path == path for change in fix.changes)


HANDLERS: Handlers = {
    t.TEXT_DOCUMENT_CODE_ACTION: offer_actions,
    t.TEXT_DOCUMENT_FORMATTING: format_document,
}
