"""Reading a folder for the first time: one that the client has opened, or the project of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars.crashes import WHY
from configvars.lsp.configuration import configure, reconfigure
from configvars.lsp.reading import read, touch

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server


async def load(server: Server, folder: Folder) -> None:
    """Read a folder with the known settings, and ask whether the client has others for it."""
    configure(server, folder, server.section)
    for path in server.left_alone:
        if folder.contains(path):
            server.say_once(f"{folder.workspace.project().relative(path)} {WHY}.", t.MessageType.Warning)
    server.spawn(read(server, folder))
    if server.client.configuration:
        await reconfigure(server, [folder], begin=False)
    await server.apps.begin(folder)


def adopt(server: Server, path: str) -> None:
    """Create a folder for a document that is in none."""
    if server.folders.of(path) is None:
        server.spawn(load(server, server.folders.adopt(path, trusted=server.trusted)))


def adopt_documents(server: Server) -> None:
    """Create folders for documents that are in none any more, and analyse the documents there."""
    for document in server.documents:
        if server.folders.of(document.path) is None:
            adopt(server, document.path)
            touch(server, document.path)
