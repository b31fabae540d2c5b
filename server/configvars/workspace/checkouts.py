"""Other checkouts below a folder: git's worktrees and submodules, which git does not look into."""

from __future__ import annotations

import os
from typing import Literal

from configvars.workspace.reading import Unread, inside, read_bytes

CheckoutKind = Literal["worktree", "submodule"]
_MAX_SIZE = 4096


def checkout_kind(folder: str) -> CheckoutKind | None:
    """The kind of a checkout according to its `.git` file; None without one."""
    found = read_bytes(os.path.join(folder, ".git"), folder, _MAX_SIZE)
    if isinstance(found, Unread) or not found[0].startswith(b"gitdir:"):
        return None
    parts = os.fsdecode(found[0].removeprefix(b"gitdir:").strip()).replace("\\", "/").split("/")
    if parts[-2:-1] == ["worktrees"]:
        return "worktree"
    return "submodule" if "modules" in parts else None


class Checkouts:
    """The other checkouts below the folder `root`; answers are cached until `forget`."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._of: dict[str, tuple[str, CheckoutKind] | None] = {}

    def forget(self) -> None:
        """Clear the cache, because checkouts may have been added or removed."""
        self._of.clear()

    def of(self, folder: str) -> tuple[str, CheckoutKind] | None:
        """The nearest other checkout that contains a folder, and its kind.

        None if the folder belongs to the root.
        """
        if folder == self._root or not inside(folder, self._root):
            return None
        if folder not in self._of:
            kind = checkout_kind(folder)
            self._of[folder] = (folder, kind) if kind else self.of(os.path.dirname(folder))
        return self._of[folder]
