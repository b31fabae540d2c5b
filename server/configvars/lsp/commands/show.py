"""`configvars.show`: opens an env file at the value of a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from configvars.edits.gaps import place_of_value
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.convert.view import View
from configvars.lsp.outcome import Outcome
from configvars.text import Span, line_at

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server


async def show(server: Server, argument: Argument) -> Outcome:
    """Open the file `uri` at the value of `name`, or say which file to open.

    The message is empty if the editor opens the file: the user sees it.
    """
    named = arguments.path(argument, "uri")
    path = server.folders.own_path(named) if named else None
    folder = server.folders.of(path) if path else None
    if path is None or folder is None:
        raise JsonRpcInvalidParams("uri is not a file of this workspace")
    name = arguments.text(argument, "name")
    folder.settle(server.documents)
    text = folder.workspace.project().text_of(path) or ""
    offset = place_of_value(text, name) if name else None
    if await show_file(server, folder, path, offset):
        return Outcome(ok=True)
    shown = folder.workspace.project().relative(path)
    line = "" if offset is None else f":{line_at(text, offset) + 1}"
    return Outcome(ok=False, message=f"This editor does not let a server open files. Open {shown}{line}.")


async def show_file(server: Server, folder: Folder, path: str, offset: int | None) -> bool:
    """Let the editor open a file with the cursor at an offset; returns whether it has done so."""
    if not server.client.shows_documents:
        return False
    view = View(server.client, server.documents, folder.workspace.text_of)
    positions = view.positions(path)
    here = positions.range(Span(offset, offset)) if positions and offset is not None else None
    params = t.ShowDocumentParams(view.uri(path), external=False, take_focus=True, selection=here)
    try:
        return (await server.window_show_document_async(params)).success
    except JsonRpcException:
        return False
