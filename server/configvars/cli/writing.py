"""Writing a file for a command."""

from __future__ import annotations

from configvars.cli.errors import CannotRun
from configvars.model import FileEdit
from configvars.workspace import Workspace, WriteRefused


def write(workspace: Workspace, edit: FileEdit, before: str | None, shown: str) -> None:
    """Make an edit of a file whose text was `before`, or None for a new file. Raises `CannotRun`."""
    try:
        workspace.write(edit, before)
    except WriteRefused as why:
        raise CannotRun(f"{shown} was not changed: {why}.") from None
