"""Reading and writing the user's files; only this package opens them."""

from __future__ import annotations

from configvars.workspace.workspace import Workspace
from configvars.workspace.writing import WriteRefused

__all__ = ["Workspace", "WriteRefused"]
