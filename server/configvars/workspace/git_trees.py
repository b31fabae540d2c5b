"""Reading git's tree objects, for the folders of which a sparse index names only the tree."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dulwich.object_store import DiskObjectStore

_ID_SIZE = 20


def in_tree(objects: str, tree: bytes, path: bytes) -> bool | None:
    """Whether a tree has a file; `objects` is the folder of git's objects, `tree` the id as bytes.

    None without the package dulwich, and for ids of SHA-256. Raises OSError if an object cannot be read.
    """
    try:
        from dulwich.object_store import DiskObjectStore
    except ImportError:
        return None
    if len(tree) != _ID_SIZE:
        return None
    try:
        store = DiskObjectStore(objects)
        try:
            return _has(store, tree.hex().encode(), path.split(b"/"))
        finally:
            store.close()
    except Exception:  # the library has no common error for damaged objects
        raise OSError("git's objects cannot be read") from None


def _has(store: DiskObjectStore, tree: bytes, names: list[bytes]) -> bool:
    from dulwich.objects import ObjectID, Tree

    mode, found = stat.S_IFDIR, tree
    for name in names:
        if not stat.S_ISDIR(mode):
            return False
        entries = store[ObjectID(found)]
        if not isinstance(entries, Tree) or name not in entries:
            return False
        mode, found = entries[name]
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)
