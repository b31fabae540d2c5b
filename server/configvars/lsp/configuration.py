"""The settings of each folder: what the client says, over what the folder's own settings file says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException

from configvars.lsp.reading import read
from configvars.settings import Settings
from configvars.settings_file import settings_from, settings_of_repository

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

SECTION = "configvars"


def configure(server: Server, folder: Folder, section: object) -> bool:
    """Give a folder its settings; whether they changed. What is wrong with them is said, once."""
    repository, problems = settings_of_repository(
        lambda name: folder.workspace.text_of(str(Path(folder.root, name))), Settings()
    )
    client, more = settings_from(section if isinstance(section, Mapping) else {}, Settings())
    for problem in (*problems, *more):
        server.say_once(problem, t.MessageType.Warning)
    settings = folder.alone_with(over(client, repository))
    if settings == folder.workspace.settings:
        return False
    folder.workspace.configure(settings)
    return True


def over(client: Settings, repository: Settings) -> Settings:
    """The client's settings, and the repository's where the client's are the defaults.

    Some clients send every setting, those included that the user never touched.
    """
    defaults = Settings()
    set_by_client = {
        field.name: value
        for field in fields(Settings)
        if (value := getattr(client, field.name)) != getattr(defaults, field.name)
    }
    checks = MappingProxyType({**repository.checks, **client.checks})
    return replace(repository, **{**set_by_client, "checks": checks})


async def reconfigure(server: Server, folders: Sequence[Folder]) -> None:
    """Give folders the settings that the client has for them now, and read again those that have others."""
    sections = await _sections(server, folders)
    for folder, section in zip(folders, sections, strict=False):
        if configure(server, folder, section):
            server.spawn(read(server, folder))


async def _sections(server: Server, folders: Sequence[Folder]) -> Sequence[object]:
    """What the client says for each folder; what it said last, where it cannot be asked."""
    if not server.client.configuration:
        return [server.section] * len(folders)
    items = [t.ConfigurationItem(scope_uri=folder.uri, section=SECTION) for folder in folders]
    try:
        return await server.workspace_configuration_async(t.ConfigurationParams(items))
    except JsonRpcException:
        return [server.section] * len(folders)
