"""The start and end of a session, and its folders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcInvalidParams

from configvars import __version__
from configvars.lsp import parent
from configvars.lsp.adopting import adopt, load
from configvars.lsp.capabilities import server_capabilities
from configvars.lsp.client import client_from
from configvars.lsp.convert.uris import path_of, uri_of
from configvars.lsp.handlers.table import Handlers
from configvars.lsp.handlers.watch import register
from configvars.lsp.reading import touch
from configvars.lsp.sections import section_of
from configvars.lsp.welcome import offer_env_file

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server


def initialize(server: Server, params: object) -> t.InitializeResult:
    """Record the client's capabilities and folders; nothing is read yet.

    JupyterLab sends `initialize` to the same process again after a reload, which starts a new session.
    """
    if not isinstance(params, Mapping):
        raise JsonRpcInvalidParams("initialize has no params")
    options = params.get("initializationOptions")
    if not isinstance(options, Mapping):
        options = {}
    server.begin()
    server.client = client_from(params.get("capabilities"), options)
    server.trusted = options.get("trusted") is True
    settings = options.get("settings")
    server.section = settings if (section := section_of(settings)) is None else section
    process_id = params.get("processId")
    if isinstance(process_id, int):
        parent.watch(process_id, lambda: server.inbox.put(None), server.watching)
    for uri, root in _folders(params):
        server.folders.add(uri, root)
    return t.InitializeResult(
        server_capabilities(server.client), t.ServerInfo(name="configvars", version=__version__)
    )


def initialized(server: Server, params: object) -> None:
    """Start reading, and ask the client for what it did not send in `initialize`.

    What an earlier session has published is removed, or replaced once the folders are read.
    """
    server.publisher.wake()
    for folder in server.folders:
        server.spawn(welcome(server, folder))
    server.spawn(register(server))


async def welcome(server: Server, folder: Folder) -> None:
    """Load a folder that the user has opened, and offer to create its first env file."""
    await load(server, folder)
    await offer_env_file(server, folder)


def _folders(params: Mapping[str, object]) -> list[tuple[str, str]]:
    """The URIs and paths of the workspace folders, or of the root that older clients send."""
    given = params.get("workspaceFolders")
    uris = [item.get("uri") for item in given if isinstance(item, Mapping)] if isinstance(given, list) else []
    if given is None:
        root, path = params.get("rootUri"), params.get("rootPath")
        uris = [root if isinstance(root, str) else uri_of(path) if isinstance(path, str) else None]
    return [(uri, root) for uri in uris if isinstance(uri, str) and (root := path_of(uri))]


def change_folders(server: Server, params: t.DidChangeWorkspaceFoldersParams) -> None:
    """Remove folders that were closed, and read those that were added."""
    for gone in params.event.removed:
        if root := path_of(gone.uri):
            server.folders.remove(root)
    for new in params.event.added:
        if root := path_of(new.uri):
            server.spawn(welcome(server, server.folders.add(new.uri, root)))
    for document in server.documents:
        adopt(server, document.path)
        touch(server, document.path)
    server.publisher.wake(elsewhere=True)


async def shutdown(server: Server, params: object) -> None:
    """End all work, including child processes; afterwards only `exit` is handled."""
    server.protocol.shut_down()
    await server.stop()


HANDLERS: Handlers = {
    t.INITIALIZE: initialize,
    t.INITIALIZED: initialized,
    t.SHUTDOWN: shutdown,
    t.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: change_folders,
}
