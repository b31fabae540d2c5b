"""Pulling into the file that a link leads to, if the user agrees: nothing is written through a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars import shell_quoting
from configvars.actions.pull_target import may_be_named, may_be_offered, why_not_through
from configvars.lsp.outcome import DISMISSED, Outcome
from configvars.lsp.questions import ask

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

WRITE_TARGET = "Write to that file"


async def without_links(server: Server, folder: Folder, path: str, asked: str | None) -> str | Outcome:
    """The file to write to: `path`, or the file that it leads to, if the user agrees.

    A repository can contain a link, so only an answer of the user agrees. Otherwise the result says why
    nothing is pulled. `asked` is the app of the pull.
    """
    project = folder.workspace.project()
    target = folder.workspace.disk.link_target(path)
    if target is None:
        return path
    shown = project.relative(target)
    why = why_not_through(path, project.relative(path), shown)
    apps = [each.app for each in project.apps]
    app = asked if asked in apps else apps[0] if len(apps) == 1 else "NAME"
    command = f"`configvars pull --app {app} --into {shell_quoting.path(target)}`"
    instead = f"{why} To pull here, replace the link by a file."
    if may_be_named(target):
        instead = f"{why} To pull into that file, open its folder, or run {command} in a terminal."
    if not server.trusted or not may_be_offered(path, target, project):
        return Outcome(ok=False, message=instead)
    question = f"{why} Write to {shown} itself?"
    answer = await ask(server, question, (WRITE_TARGET,), t.MessageType.Warning, instead=instead)
    return target if answer == WRITE_TARGET else DISMISSED


async def folder_of(server: Server, target: str) -> Folder:
    """The folder in which a file may be written: one of the session, or the project of the file."""
    known = server.folders.of(target)
    if known is None:
        known = server.folders.project_of(target, trusted=server.trusted)
        await known.read()
    return known
