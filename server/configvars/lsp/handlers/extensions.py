"""The methods of docs/lsp-extensions.md, for clients with their own views and pickers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcInvalidParams

from configvars.actions.suggestions import apps_of_remotes, suggested
from configvars.lsp.adopting import adopt_documents, load
from configvars.lsp.answering import in_slices
from configvars.lsp.commands import arguments
from configvars.lsp.commands.env_file import origins
from configvars.lsp.handlers.table import Handlers
from configvars.lsp.outcome import UNTRUSTED, Outcome, refused
from configvars.lsp.overview import overview
from configvars.lsp.reading import read
from configvars.lsp.welcome import offer_env_file
from configvars.platforms.base import PlatformApp, PlatformFailure
from configvars.runs.givers import givers

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server


async def list_apps(server: Server, params: object) -> dict[str, object]:
    """The chosen apps, the suggested apps and all apps, for a picker."""
    folder = _folder(server, params)
    chosen, near = server.apps.chosen(folder), suggested(folder.workspace)
    available: tuple[PlatformApp, ...] = ()
    outcome = UNTRUSTED
    if server.trusted:
        try:
            available = await server.apps.ask(server.apps.platform(folder).apps)
            outcome = Outcome(ok=True)
        except PlatformFailure as failure:
            outcome = refused(failure)
    return {
        **outcome.as_json(),
        "chosen": list(chosen),
        "suggested": list(near),
        "remotes": {app: remote for remote, app in apps_of_remotes(folder.workspace).items()},
        "available": [{"name": app.name, "team": app.team} for app in available],
    }


async def tell_overview(server: Server, params: object) -> dict[str, object]:
    """All variables of a folder, from memory."""
    folder = _folder(server, params)
    folder.settle(server.documents)
    return await in_slices(overview(server, folder))


def tell_env_files(server: Server, params: object) -> dict[str, object]:
    """The env files for a program of a folder, the nearest `.env` first, for a client that starts it."""
    folder = _folder(server, params)
    folder.settle(server.documents)
    named = params.get("path") if isinstance(params, Mapping) else None
    program = server.folders.own_path(named) if isinstance(named, str) and os.path.isabs(named) else ""
    path = program if folder.contains(program) else os.path.join(folder.root, "app.py")
    files = givers(folder.workspace.project(), path).lacking
    return {"files": sorted(files, key=lambda file: os.path.basename(file) != ".env")}


async def tell_origins(server: Server, params: object) -> dict[str, object]:
    """What the first env file of a folder can be created from, for a picker."""
    folder = _folder(server, params)
    await folder.ready(server.documents)
    return {"origins": origins(server, folder)}


def change_trust(server: Server, params: object) -> None:
    """Record whether the user trusts the workspace."""
    server.trusted = isinstance(params, Mapping) and params.get("trusted") is True
    if not server.trusted:  # of a folder that was found for a file, only open files are read now
        server.folders.release_all()
        adopt_documents(server)
    for folder in server.folders:
        if folder.only_open and server.trusted:
            folder.workspace.partial = False
            server.spawn(load(server, folder))
        else:
            server.spawn(read(server, folder))
            server.spawn(_begin(server, folder))


async def _begin(server: Server, folder: Folder) -> None:
    await server.apps.begin(folder)
    await offer_env_file(server, folder)


def move_cursor(server: Server, params: object) -> None:
    """Record the position of the cursor, from a client that reports when it leaves typed text.

    Without a position, the typed name is complete.
    """
    match params:
        case {
            "textDocument": {"uri": str(uri)},
            "position": {"line": int(line), "character": int(character)},
        } if at := server.asked(uri):
            offset = at.positions.offset(t.Position(max(line, 0), max(character, 0)))
            server.keystrokes.moved(at.project, at.path, offset)
        case _:
            server.keystrokes.over()


def _folder(server: Server, params: object) -> Folder:
    if not isinstance(params, Mapping):
        raise JsonRpcInvalidParams("params are missing")
    return arguments.folder(server, params)


HANDLERS: Handlers = {
    "configvars/apps": list_apps,
    "configvars/overview": tell_overview,
    "configvars/envFiles": tell_env_files,
    "configvars/origins": tell_origins,
    "configvars/didChangeTrust": change_trust,
    "configvars/didMoveCursor": move_cursor,
}
