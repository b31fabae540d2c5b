"""The settings of each folder: those of the client, over those of the folder's settings file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from lsprotocol import types as t
from msgspec.structs import fields, replace
from pygls.exceptions import JsonRpcException

from configvars.checks.groups import NAMES
from configvars.lsp.reading import read
from configvars.lsp.sections import SECTION
from configvars.settings import Settings
from configvars.settings_file import settings_from, settings_of_repository

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server


def configure(server: Server, folder: Folder, section: object) -> bool:
    """Set the settings of a folder; returns whether they changed.

    Mistakes in the client's settings are reported once; mistakes in the folder's settings are found by a
    check.
    """
    folder.section = section
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
    """The client's settings, or the repository's where the client's equal the defaults.

    Some clients send all settings, including those that the user never changed.
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
    """Update the settings of folders from the client, and read folders again whose settings changed.

    `begin`: if the chosen apps changed, fetch their config vars at once.
    """
    sections = await _sections(server, folders)
    for folder, section in zip(folders, sections, strict=False):
        take_section(server, folder, section, begin=begin)


def take_section(server: Server, folder: Folder, section: object, *, begin: bool = True) -> None:
    """Update the settings of a folder, from the client's `section` and the folder's settings file.

    `begin`: see `reconfigure`.
    """
    before = folder.workspace.settings
    if configure(server, folder, section):
        server.spawn(read(server, folder))
        if begin and _heroku(before) != _heroku(folder.workspace.settings):
            server.spawn(server.apps.begin(folder))


def _heroku(settings: Settings) -> tuple[object, ...]:
    """The settings that affect requests to Heroku."""
    return settings.heroku_apps, settings.heroku_path, settings.heroku_refresh


async def _sections(server: Server, folders: Sequence[Folder]) -> Sequence[object]:
    """The client's settings for each folder; the last known ones if it does not answer."""
    if not server.client.configuration:
        return [server.section] * len(folders)
    items = [t.ConfigurationItem(scope_uri=folder.uri, section=SECTION) for folder in folders]
    try:
        answered = await server.workspace_configuration_async(t.ConfigurationParams(items))
    except JsonRpcException:
        answered = ()
    told = [*answered, *[None] * len(folders)]
    return [server.section if section is None else section for section in told[: len(folders)]]
