"""Other checkouts below a folder: git's worktrees and submodules, which git does not look into."""

from __future__ import annotations

import os
from typing import Literal

from configvars.workspace.reading import Unread, inside, read_bytes

CheckoutKind = Literal["worktree", "submodule"]
_MAX_SIZE = 4096


def checkout_kind(folder: str) -> CheckoutKind | None:
    """What a folder is by its `.git` file, which says where git keeps the rest; None without one."""
    found = read_bytes(os.path.join(folder, ".git"), folder, _MAX_SIZE)
    if isinstance(found, Unread) or not found[0].startswith(b"gitdir:"):
        return None
    parts = os.fsdecode(found[0].removeprefix(b"gitdir:").strip()).replace("\\", "/").split("/")
    if parts[-2:-1] == ["worktrees"]:
        return "worktree"
    return "submodule" if "modules" in parts else None


class Checkouts:
    """The other checkouts below the folder `root`; what was learned is kept until `forget`."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._of: dict[str, tuple[str, CheckoutKind] | None] = {}

    def forget(self) -> None:
        """Look at the disk again: checkouts come and go."""
        self._of.clear()

    def of(self, folder: str) -> tuple[str, CheckoutKind] | None:
        """The nearest other checkout that a folder lies in, and its kind; None where it is the root's own."""
        if folder == self._root or not inside(folder, self._root):
            return None
        if folder not in self._of:
            kind = checkout_kind(folder)
            self._of[folder] = (folder, kind) if kind else self.of(os.path.dirname(folder))
        return self._of[folder]
