"""The settings of each folder: what the client says, over what the folder's own settings file says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException

from configvars.checks.groups import NAMES
from configvars.lsp.reading import read
from configvars.settings import Settings
from configvars.settings_file import settings_from, settings_of_repository

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

SECTION = "configvars"


def configure(server: Server, folder: Folder, section: object) -> bool:
    """Give a folder its settings; whether they changed.

    What is wrong with the client's is said, once; what is wrong with the folder's own a check finds.
    """
    repository, _ = settings_of_repository(
        lambda name: folder.workspace.text_of(str(Path(folder.root, name))), Settings(), NAMES
    )
    client, mistakes = settings_from(section if isinstance(section, Mapping) else {}, Settings(), NAMES)
    for mistake in mistakes:
        server.say_once(mistake.message, t.MessageType.Warning)
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


async def reconfigure(server: Server, folders: Sequence[Folder], *, begin: bool = True) -> None:
    """Give folders the settings that the client has for them now, and read again those that have others.

    `begin`: Heroku is asked at once where another app is chosen now.
    """
    sections = await _sections(server, folders)
    for folder, section in zip(folders, sections, strict=False):
        before = folder.workspace.settings
        if configure(server, folder, section):
            server.spawn(read(server, folder))
            if begin and _heroku(before) != _heroku(folder.workspace.settings):
                server.spawn(server.apps.begin(folder))


def _heroku(settings: Settings) -> tuple[object, ...]:
    """What decides whether, how and about which apps Heroku is asked."""
    return settings.heroku_apps, settings.heroku_path, settings.heroku_refresh


async def _sections(server: Server, folders: Sequence[Folder]) -> Sequence[object]:
    """What the client says for each folder; what it said last, where it cannot be asked or says nothing."""
    if not server.client.configuration:
        return [server.section] * len(folders)
    items = [t.ConfigurationItem(scope_uri=folder.uri, section=SECTION) for folder in folders]
    try:
        answered = await server.workspace_configuration_async(t.ConfigurationParams(items))
    except JsonRpcException:
        answered = ()
    told = [*answered, *[None] * len(folders)]
    return [server.section if section is None else section for section in told[: len(folders)]]
