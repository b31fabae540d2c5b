"""`configvars.show`: an env file, opened where a variable gets its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from configvars.edits.gaps import place_of_value
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.convert.view import View
from configvars.lsp.outcome import Outcome
from configvars.text import Span

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server


async def show(server: Server, argument: Argument) -> Outcome:
    """Open the file `uri` at the value of `name`; says nothing, for the user sees it."""
    named = arguments.path(argument, "uri")
    path = server.folders.own_path(named) if named else None
    folder = server.folders.of(path) if path else None
    if path is None or folder is None:
        raise JsonRpcInvalidParams("uri is not a file of this workspace")
    name = arguments.text(argument, "name")
    folder.settle(server.documents)
    text = folder.workspace.project().text_of(path) or ""
    offset = place_of_value(text, name) if name else None
    await show_file(server, folder, path, offset)
    return Outcome(ok=True)


async def show_file(server: Server, folder: Folder, path: str, offset: int | None) -> None:
    """Have the editor open a file with the cursor at an offset, where it can be asked to."""
    if not server.client.shows_documents:
        return
    view = View(server.client, server.documents, folder.workspace.text_of)
    positions = view.positions(path)
    here = positions.range(Span(offset, offset)) if positions and offset is not None else None
    params = t.ShowDocumentParams(view.uri(path), external=False, take_focus=True, selection=here)
    try:
        await server.window_show_document_async(params)
    except JsonRpcException:
        return
