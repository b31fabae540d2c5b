"""The offer to create the first env file of a fresh clone, made once per folder, which nobody asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars.checks.auxiliary import is_auxiliary
from configvars.checks.missing import Missing
from configvars.lsp.commands.env_file import create_env_file, ways_to_create, ways_without_source
from configvars.lsp.commands.env_file_from_heroku import choose_origin
from configvars.lsp.outcome import Outcome, say
from configvars.lsp.questions import NotAsked, ask
from configvars.model import Need
from configvars.project import Project
from configvars.storage import remember_asked, state_folder, was_asked

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

NOT_NOW = "Not now"
_TO_CREATE = "run configvars.createEnvFile or its code action."


async def offer_env_file(server: Server, folder: Folder) -> None:
    """Ask how to create an env file, if the code needs variables and no env file exists.

    Only a client with `status` is asked, because elsewhere a question may take the keyboard from a user who
    is typing; others are told what to run. It is asked only in a trusted folder, because Heroku may be the
    best answer.
    """
    if server.client.wants_status and not server.trusted:
        return
    if folder.only_open or folder.alone:
        return
    await folder.ready(server.documents)
    if folder.closed or was_asked(state_folder(), folder.root):  # nothing waits from here to the question
        return
    project = folder.workspace.project()
    names = needed_without_env_file(project)
    is_there = os.path.lexists(os.path.join(folder.root, ".env"))
    if is_there or not names:
        return
    try:
        remember_asked(state_folder(), folder.root)
    except OSError:
        return  # otherwise the question would come at every start
    needs = f"{len(names)} variable{'' if len(names) == 1 else 's'}"
    lack = f"{os.path.basename(folder.root)} needs {needs} and has no .env"
    if not (server.client.wants_status and server.client.asks):
        server.say_once(f"{lack}: {_TO_CREATE}", t.MessageType.Info)
        return
    ways = ways_to_create(server, folder) or ways_without_source(server, folder)
    try:
        answer = await ask(server, f"{lack}. Create it?", (*ways, NOT_NOW), instead="")
    except NotAsked:
        return
    if answer is not None and answer in ways:
        await _create(server, folder, ways[answer])


def needed_without_env_file(project: Project) -> frozenset[str]:
    """The required variables of code that no env file applies to."""
    return frozenset(_needed(project))


def _needed(project: Project) -> Iterator[str]:
    for facts in project.index.files.values():
        if facts.kind == "python" and facts.references and not is_auxiliary(project, facts):
            missing = Missing(facts, project)
            if not missing.by:
                yield from (each.variable.name for each in missing.reads(Need.REQUIRED) if not each.switch)


async def _create(server: Server, folder: Folder, way: Mapping[str, object]) -> None:
    if refused := await choose_origin(server, folder, way):
        say(server, refused)
        return
    try:
        outcome = await create_env_file(server, {"folder": folder.uri, **way})
    except NotAsked as unasked:
        outcome = Outcome(ok=False, message=str(unasked))
    say(server, outcome)
