"""Changes of files outside the editor, and of settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException

from configvars.lsp.adopting import adopt_documents
from configvars.lsp.configuration import reconfigure
from configvars.lsp.handlers.table import Handlers
from configvars.lsp.reading import changed_on_disk
from configvars.lsp.sections import SECTION, section_of
from configvars.settings_file import SETTINGS_FILES

if TYPE_CHECKING:
    from configvars.lsp.server import Server

ENV_FILES = ("**/.{env,flaskenv}*", "**/*.env", "**/{env,dotenv}{.,-,_}*")
# The files that `workspace` reads by name, and git's ignore files.
WATCHED = (
    "**/*.{py,pyw,cfg}",
    *ENV_FILES,
    "**/*.{html,htm,xhtml,xml,svg,txt,j2,jinja,jinja2}",
    "**/*.{toml,yml,yaml,sh,bash,service,conf,ini,mk,just,in,lock}",
    "**/{app.json,package.json,launch.json,tasks.json,Pipfile.lock,Pipfile,.gitignore,.envrc}",
    "**/{Procfile,Dockerfile,Containerfile,Makefile,makefile,GNUmakefile,Justfile,justfile,.justfile}*",
    "**/*.{d,D}ockerfile",
    "**/.git/{config,index,info/exclude}",
    "**/.git",
)


async def register(server: Server) -> None:
    """Register for changed files and settings, and for formatting, if the client supports that."""
    client = server.client
    wanted: list[t.Registration] = []
    if client.watches_files:
        watchers = [t.FileSystemWatcher(pattern) for pattern in WATCHED]
        options = t.DidChangeWatchedFilesRegistrationOptions(watchers)
        wanted.append(t.Registration("files", t.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if client.register_configuration:
        section = t.DidChangeConfigurationRegistrationOptions(section=SECTION)
        wanted.append(t.Registration("settings", t.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
    if client.register_formatting:
        files = [t.TextDocumentFilterPattern(pattern, scheme="file") for pattern in ENV_FILES]
        formatting = t.DocumentFormattingRegistrationOptions(files)
        wanted.append(t.Registration("formatting", t.TEXT_DOCUMENT_FORMATTING, formatting))
    if not wanted:
        return
    try:
        await server.client_register_capability_async(t.RegistrationParams(wanted))
    except JsonRpcException:
        return
    server.is_told_of_files = client.watches_files


def changed_files(server: Server, params: t.DidChangeWatchedFilesParams) -> None:
    """Read the files again that were created, deleted or changed."""
    server.is_told_of_files = True
    paths = [path for change in params.changes if (path := server.folders.path_of(change.uri))]
    changed_on_disk(server, dict.fromkeys(paths))
    if any(Path(path).name == ".git" for path in paths):
        for folder in server.folders:
            folder.workspace.look_again(files=False)
        adopt_documents(server)
    if any(Path(path).name in SETTINGS_FILES for path in paths):
        server.spawn(reconfigure(server, list(server.folders)))


def changed_settings(server: Server, params: object) -> None:
    """Use the settings that were sent along, or ask for them."""
    settings = params.get("settings", params) if isinstance(params, Mapping) else None
    if (section := section_of(settings)) is not None:
        server.section = section
    server.spawn(reconfigure(server, list(server.folders)))


HANDLERS: Handlers = {
    t.WORKSPACE_DID_CHANGE_WATCHED_FILES: changed_files,
    t.WORKSPACE_DID_CHANGE_CONFIGURATION: changed_settings,
}
