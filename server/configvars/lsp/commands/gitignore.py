"""`configvars.addToGitignore`, and the offer to do the same before values are written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcInvalidParams

from configvars.actions.exposure import exposure, sentence
from configvars.actions.gitignore import ignore_file
from configvars.lsp.apply import apply_changes
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.outcome import DISMISSED, ONLY_OPEN, Outcome
from configvars.lsp.questions import ask
from configvars.syntax.git import GitState
from configvars.workspace.git import git_state, read_git_file

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

ADD, WRITE_ANYWAY = "Add to .gitignore", "Write it anyway"


async def add_to_gitignore(server: Server, argument: Argument) -> Outcome:
    """Make git ignore the file `uri`."""
    named = arguments.path(argument, "uri")
    path = server.folders.own_path(named) if named else None
    folder = server.folders.of(path) if path else None
    if path is None or folder is None:
        raise JsonRpcInvalidParams("uri is not a file of this workspace")
    return ONLY_OPEN if folder.only_open else await _ignore(server, folder, path)


async def _ignore(server: Server, folder: Folder, path: str) -> Outcome:
    name = folder.workspace.project().relative(path)
    edit = ignore_file(path, folder.root, read_git_file, os.environ)
    if edit is None:
        return _nothing_to_add(git_state(None if server.trusted else folder.root), path, name)
    applied = await apply_changes(server, folder, [edit], f"Add {name} to .gitignore")
    where = folder.workspace.project().relative(edit.path)
    return Outcome(ok=True, message=f"Git ignores {name} now ({where}).") if applied.ok else applied


def _nothing_to_add(git: GitState, path: str, name: str) -> Outcome:
    """Why no line is added to a `.gitignore`."""
    if git.repository(path) is None:
        return Outcome(ok=False, message=f"{name} is not inside a git repository.")
    ignored = git.ignored(path)
    if ignored:
        return Outcome(ok=True, message=f"Git already ignores {name}.")
    if ignored is None:
        return Outcome(ok=False, message=f"It is not known whether git ignores {name}; nothing was changed.")
    return Outcome(ok=False, message=f"No line in a .gitignore would make git ignore {name}.")


async def kept_from_git(server: Server, folder: Folder, path: str) -> Outcome | None:
    """Why values may not be written to a file; None if git could not publish it, or if the user agrees."""
    git = git_state(None if server.trusted else folder.root)
    found = exposure(path, git.tracked, git.ignored)
    if found is None:
        return None
    asked = sentence(found, folder.workspace.project().relative(path))
    instead = f"Nothing was written. {asked}"
    if found != "not-ignored":
        answer = await ask(server, asked, (WRITE_ANYWAY,), t.MessageType.Warning, instead=instead)
        return None if answer == WRITE_ANYWAY else DISMISSED
    asked += " Add it to .gitignore?"
    instead += " Add it to .gitignore first; the command `configvars.addToGitignore` does this."
    answer = await ask(server, asked, (ADD, WRITE_ANYWAY), t.MessageType.Warning, instead=instead)
    if answer == ADD:
        ignored = await _ignore(server, folder, path)
        return None if ignored.ok else ignored
    return None if answer == WRITE_ANYWAY else DISMISSED
