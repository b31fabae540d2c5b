"""Other checkouts below a folder: worktrees, submodules and clones, which git does not look into."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Literal

from configvars.workspace.reading import Unread, inside, read_bytes
from configvars.workspace.roots import upwards

CheckoutKind = Literal["worktree", "submodule"]
_MAX_SIZE = 4096


def checkout_kind(folder: str) -> CheckoutKind | None:
    """The kind of a checkout according to its `.git`; None without one.

    Another repository inside a repository counts as a submodule. A folder that contains repositories but is
    not in one has no checkouts.
    """
    pointer = _pointer(folder)
    parts = pointer.replace("\\", "/").split("/") if pointer else []
    if parts[-2:-1] == ["worktrees"]:
        return "worktree"
    is_repository = _is_repository(folder, pointer) and _is_in_repository(os.path.dirname(folder))
    return "submodule" if "modules" in parts or is_repository else None


def _pointer(folder: str) -> str | None:
    """The path in the `.git` file of a checkout, None without one."""
    found = read_bytes(os.path.join(folder, ".git"), folder, _MAX_SIZE)
    if isinstance(found, Unread) or not found[0].startswith(b"gitdir:"):
        return None
    return os.fsdecode(found[0].removeprefix(b"gitdir:").strip()) or None


def _is_repository(folder: str, pointer: str | None) -> bool:
    """Whether git finds a repository at the `.git` of a folder, or where this file points."""
    if pointer is not None and pointer.replace("\\", "/").startswith("//"):
        return False  # on another computer, which must not be contacted
    place = os.path.join(folder, pointer or ".git")
    return all(os.path.exists(os.path.join(place, name)) for name in ("HEAD", "objects", "refs"))


def _is_in_repository(folder: str) -> bool:
    places = (os.path.join(above, ".git") for above in upwards(folder))
    return any(os.path.isfile(place) or os.path.exists(os.path.join(place, "HEAD")) for place in places)


class Checkouts:
    """The other checkouts below the folder `root`; answers are cached until `forget`.

    `tracks_below` says whether the repository around a folder tracks files in it: then they belong to it.
    """

    def __init__(self, root: str, tracks_below: Callable[[str], bool | None]) -> None:
        self._root = root
        self._tracks_below = tracks_below
        self._of: dict[str, tuple[str, CheckoutKind] | None] = {}

    def forget(self) -> None:
        """Clear the cache, because checkouts may have been added or removed."""
        self._of.clear()

    def has_submodules(self) -> bool:
        """Whether a submodule or clone was met so far."""
        return any(found is not None and found[1] == "submodule" for found in self._of.values())

    def of(self, folder: str) -> tuple[str, CheckoutKind] | None:
        """The nearest other checkout that contains a folder, and its kind.

        None if the folder belongs to the root.
        """
        if folder == self._root or not inside(folder, self._root):
            return None
        if folder not in self._of:
            kind = checkout_kind(folder)
            if kind == "submodule" and self._tracks_below(folder):
                kind = None
            self._of[folder] = (folder, kind) if kind else self.of(os.path.dirname(folder))
        return self._of[folder]
