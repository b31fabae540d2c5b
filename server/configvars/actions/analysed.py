"""The text that edits which follow from facts are about."""

from __future__ import annotations

from configvars.workspace import Workspace, WriteRefused


def analysed_text(workspace: Workspace, path: str) -> str:
    """The text of a file on disk. Raises `WriteRefused` if the file has changed since it was analysed."""
    text = workspace.text_on_disk(path)
    if text is None or workspace.is_stale(path):
        raise WriteRefused("the file has changed in the meantime")
    return text
