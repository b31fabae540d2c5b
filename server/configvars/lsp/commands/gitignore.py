"""`configvars.addToGitignore`, and the same offered before values are written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcInvalidParams

from configvars.actions.gitignore import ignore_file
from configvars.lsp.apply import apply_changes
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.outcome import DISMISSED, Outcome
from configvars.lsp.questions import ask
from configvars.workspace.git import read_git_file

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

ADD, WRITE_ANYWAY = "Add to .gitignore", "Write it anyway"


async def add_to_gitignore(server: Server, argument: Argument) -> Outcome:
    """Have git ignore the file that `uri` names."""
    named = arguments.path(argument, "uri")
    path = server.folders.own_path(named) if named else None
    folder = server.folders.of(path) if path else None
    if path is None or folder is None:
        raise JsonRpcInvalidParams("uri is not a file of this workspace")
    return await _ignore(server, folder, path)


async def _ignore(server: Server, folder: Folder, path: str) -> Outcome:
    name = folder.workspace.project().relative(path)
    edit = ignore_file(path, folder.root, read_git_file, os.environ)
    if edit is None:
        return Outcome(ok=False, message=f"No line in a .gitignore would change how git takes {name}.")
    applied = await apply_changes(server, folder, [edit], f"Add {name} to .gitignore")
    where = folder.workspace.project().relative(edit.path)
    return Outcome(ok=True, message=f"Git ignores {name} now ({where}).") if applied.ok else applied


async def ignored_first(server: Server, folder: Folder, path: str) -> Outcome | None:
    """Why values may not be written to a file; None where git ignores it, cannot say, or the user says so."""
    project = folder.workspace.project()
    if project.ignored_by_git(path) is not False:
        return None
    asked = (
        f"Git does not ignore {project.relative(path)}: its values would be committed. Add it to .gitignore?"
    )
    instead = (
        f"Nothing was written: git does not ignore {project.relative(path)}, and its values would be"
        " committed. Add it to .gitignore first; the command `configvars.addToGitignore` does so."
    )
    answer = await ask(server, asked, (ADD, WRITE_ANYWAY), t.MessageType.Warning, instead=instead)
    if answer == ADD:
        ignored = await _ignore(server, folder, path)
        return None if ignored.ok else ignored
    return None if answer == WRITE_ANYWAY else DISMISSED
