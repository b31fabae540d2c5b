"""From a variable to its other places: definition, references, highlights, symbols, rename."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException

from configvars.features.definition import definition
from configvars.features.document_highlight import document_highlight
from configvars.features.document_symbols import document_symbols
from configvars.features.references import references
from configvars.features.rename import RenameRefused, prepare_rename, rename
from configvars.features.workspace_symbols import workspace_symbols
from configvars.lsp.convert.edits import workspace_edit
from configvars.lsp.convert.results import highlights_of, named_places_of, symbols_of
from configvars.lsp.convert.view import View
from configvars.lsp.handlers.table import Handlers
from configvars.printable import printable

if TYPE_CHECKING:
    from configvars.lsp.server import Server


def go_to_definition(server: Server, params: t.DefinitionParams) -> list[t.Location] | None:
    """The places that set the variable under the cursor; at such a place, those that read it."""
    at = server.asked(params.text_document.uri)
    if at is None:
        return None
    found = definition(at.project, at.path, at.positions.offset(params.position))
    return at.view.locations(found) or None


def find_references(server: Server, params: t.ReferenceParams) -> list[t.Location] | None:
    """Every place of the variable under the cursor."""
    at = server.asked(params.text_document.uri)
    if at is None:
        return None
    offset = at.positions.offset(params.position)
    found = references(at.project, at.path, offset, declarations=params.context.include_declaration)
    return at.view.locations(found) or None


def highlight(server: Server, params: t.DocumentHighlightParams) -> list[t.DocumentHighlight] | None:
    """The places of the variable under the cursor in the same file."""
    at = server.asked(params.text_document.uri)
    if at is None:
        return None
    everywhere = document_highlight(at.project, at.path, at.positions.offset(params.position))
    found = [each for each in everywhere if at.positions.holds(each.span)]
    return highlights_of(found, at.positions) or None


def outline(
    server: Server, params: t.DocumentSymbolParams
) -> list[t.DocumentSymbol] | list[t.SymbolInformation] | None:
    """The variables of a file that sets or lists some."""
    at = server.asked(params.text_document.uri)
    if at is None:
        return None
    found = document_symbols(at.project, at.path)
    return symbols_of(found, at.positions, at.view.uri(at.path), server.client) or None


def find_symbols(server: Server, params: t.WorkspaceSymbolParams) -> list[t.SymbolInformation]:
    """The variables of all folders whose names match."""
    found: list[t.SymbolInformation] = []
    for folder in server.folders:
        folder.settle(server.documents)
        project = folder.workspace.project()
        view = View(server.client, server.documents, project.text_of)
        found += named_places_of(workspace_symbols(project, params.query), view)
    return found


def can_rename(server: Server, params: t.PrepareRenameParams) -> t.Range | None:
    """The range that would be renamed. Raises an error that says why there is none."""
    at = server.asked(params.text_document.uri)
    if at is None:
        return None
    try:
        return at.positions.range(prepare_rename(at.project, at.path, at.positions.offset(params.position)))
    except RenameRefused as refused:
        raise _failed(refused) from None


def do_rename(server: Server, params: t.RenameParams) -> t.WorkspaceEdit | None:
    """All edits of a rename. Raises an error that says why there are none."""
    at = server.asked(params.text_document.uri)
    if at is None:
        return None
    try:
        found = rename(at.project, at.path, at.positions.offset(params.position), params.new_name)
    except RenameRefused as refused:
        raise _failed(refused) from None
    return workspace_edit(found.changes, at.view, at.project)


def _failed(refused: RenameRefused) -> JsonRpcException:
    """The error for the client; its message names variables and contains nothing else of the user's."""
    return JsonRpcException(printable(str(refused)), t.LSPErrorCodes.RequestFailed)


HANDLERS: Handlers = {
    t.TEXT_DOCUMENT_DEFINITION: go_to_definition,
    t.TEXT_DOCUMENT_REFERENCES: find_references,
    t.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: highlight,
    t.TEXT_DOCUMENT_DOCUMENT_SYMBOL: outline,
    t.WORKSPACE_SYMBOL: find_symbols,
    t.TEXT_DOCUMENT_PREPARE_RENAME: can_rename,
    t.TEXT_DOCUMENT_RENAME: do_rename,
}
