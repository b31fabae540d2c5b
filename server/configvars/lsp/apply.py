"""Changing the user's files: open files through the editor, where undo works, closed files on disk."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException

from configvars.actions.analysed import analysed_text
from configvars.checks.through_links import refusal, to_files
from configvars.lsp.configuration import take_section
from configvars.lsp.convert.edits import workspace_edit
from configvars.lsp.convert.view import View
from configvars.lsp.outcome import Outcome
from configvars.model import FileEdit
from configvars.project import Project
from configvars.settings_file import SETTINGS_FILES
from configvars.workspace import WriteRefused

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

APPLIED = Outcome(ok=True)
_UNSAVED = (
    "its text in the editor differs from the file on disk, and the editor accepts no edits from a server."
    " Save or reload it, then try again."
)


async def apply_changes(server: Server, folder: Folder, changes: Sequence[FileEdit], label: str) -> Outcome:
    """Make changes that were computed from the current texts; the outcome says why one could not be made."""
    project = folder.workspace.project()
    own = to_files(changes, project)
    if own is None:
        return Outcome(ok=False, message=_why_not(changes, project))
    changes = own
    opened = [change for change in changes if server.documents.get(change.path)]
    if opened and server.client.apply_edit:
        if not (await _in_editor(server, folder, opened, label)):
            return Outcome(ok=False, message="The editor rejected the change; nothing was written.")
        changes = [change for change in changes if change not in opened]
    elif unsaved := [change.path for change in opened if _is_unsaved(server, folder, change.path)]:
        name = project.relative(unsaved[0])
        return Outcome(ok=False, message=f"{name} was not changed: {_UNSAVED}")
    return _on_disk(server, folder, changes, over_open=not server.client.apply_edit)


def _why_not(changes: Sequence[FileEdit], project: Project) -> str:
    why = next(filter(None, (refusal(change.path, project) for change in changes)), "")
    names = " and ".join(project.relative(change.path) for change in changes)
    return f"{why} Nothing was changed." if why else f"{names} exists already; nothing was changed."


def _is_unsaved(server: Server, folder: Folder, path: str) -> bool:
    document = server.documents.get(path)
    return document is not None and document.text != folder.workspace.text_on_disk(path)


def _on_disk(server: Server, folder: Folder, changes: Sequence[FileEdit], *, over_open: bool) -> Outcome:
    """Write files.

    `over_open`: the editor accepts no edits, and its open documents equal the files on disk.
    """
    for change in changes:
        try:
            before = None if change.create else analysed_text(folder.workspace, change.path)
            folder.workspace.write(change, before, over_open=over_open)
        except WriteRefused as refused:
            name = folder.workspace.project().relative(change.path)
            return Outcome(ok=False, message=f"{name} was not changed: {refused}.")
        finally:
            server.publisher.wake(elsewhere=True)
    if any(os.path.basename(change.path) in SETTINGS_FILES for change in changes):
        take_section(server, folder, folder.section)
    return APPLIED


async def _in_editor(server: Server, folder: Folder, changes: Sequence[FileEdit], label: str) -> bool:
    """Let the editor change open documents, if they have not changed in the meantime."""
    view = View(server.client, server.documents, folder.workspace.text_of)
    edit = workspace_edit(changes, view, folder.workspace.project())
    if edit is None:
        return False
    try:
        answer = await server.workspace_apply_edit_async(t.ApplyWorkspaceEditParams(edit, label))
    except JsonRpcException:
        return False
    return answer.applied
