"""Git's index: the names of the tracked files, read without git."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, field

_HEADER = struct.Struct(">4sLL")
_STAT_SIZE = 40
_FLAG_EXTENDED = 0x4000
_MODE_FOLDER = 0o040000

ReadShared = Callable[[str], bytes | None]
"""Returns the bytes of a shared index by its file name; the file is next to the index."""


class UnreadableIndexError(Exception):
    """The bytes are not an index, or not one that contains all names."""


class Index(Struct, frozen=True):
    """The tracked paths, relative to the root, with ``/``.

    `folders` (each with ``/`` at its end) are those of a sparse index, with the ids of their trees: the files
    in them are not listed.
    """

    paths: frozenset[bytes]
    folders: Mapping[bytes, bytes] = field(default_factory=dict)

    def has(self, path: bytes) -> bool | None:
        """Whether a path is tracked; None if only a tree contains the answer (see `tree_of`)."""
        if path in self.paths:
            return True
        return False if self.tree_of(path) is None else None

    def tree_of(self, path: bytes) -> tuple[bytes, bytes] | None:
        """The tree's id in a sparse index, and the path in that tree; None if the index lists the files."""
        for folder, tree in self.folders.items():
            if path.startswith(folder):
                return tree, path.removeprefix(folder)
        return None


def parse_index(data: bytes, *, id_size: int = 20, shared: ReadShared = lambda name: None) -> Index:
    """Parse an index of version 2, 3 or 4, whole, split or sparse.

    `id_size` is 32 in a repository with SHA-256. Raises `UnreadableIndexError` for anything else, and for a
    split index whose shared part `shared` does not return.
    """
    try:
        names, folders, _ = _read(data, id_size, shared)
    except (struct.error, IndexError, ValueError):
        raise UnreadableIndexError from None
    return Index(frozenset(name for name in names if name), folders)


def ids_in(data: bytes, *, id_size: int = 20) -> dict[bytes, bytes]:
    """The ids of the objects with the content of the tracked files; none for those in a shared index.

    None either if something was staged since the last commit: the index then does not know its root tree.
    Raises `UnreadableIndexError` as `parse_index` does.
    """
    ids: dict[bytes, bytes] = {}
    try:
        at = _read(data, id_size, lambda name: None, ids)[2]
        trees = _extension(data, at, b"TREE", id_size)
    except (struct.error, IndexError, ValueError):
        raise UnreadableIndexError from None
    return ids if trees is not None and trees.startswith(b"\0") and not trees.startswith(b"\0-") else {}


def _read(
    data: bytes, id_size: int, shared: ReadShared, ids: dict[bytes, bytes] | None = None
) -> tuple[list[bytes], dict[bytes, bytes], int]:
    """The names of the files in order, the folders of a sparse index with their trees, and where they end."""
    magic, version, count = _HEADER.unpack_from(data)
    if magic != b"DIRC" or version not in (2, 3, 4) or count > len(data):
        raise UnreadableIndexError
    names: list[bytes] = []
    folders: dict[bytes, bytes] = {}
    at, path = _HEADER.size, b""
    for _ in range(count):
        (mode,) = struct.unpack_from(">L", data, at + 24)
        name_at = at + _STAT_SIZE + id_size + 2
        object_id = data[at + _STAT_SIZE : at + _STAT_SIZE + id_size]
        (flags,) = struct.unpack_from(">H", data, name_at - 2)
        name_at += 2 if flags & _FLAG_EXTENDED else 0
        if version == 4:
            path, at = _shortened_path(data, name_at, path)
        else:
            end = data.index(b"\0", name_at)
            path, at = data[name_at:end], at + _padded(end - at)
        if mode & 0o170000 == _MODE_FOLDER:
            folders[path] = object_id
        else:
            names.append(path)
            if ids is not None:
                ids[path] = object_id
    link = _extension(data, at, b"link", id_size)
    if link is not None and any(link[:id_size]):
        names = [*_kept(link, id_size, shared), *names]
    return names, folders, at


def _kept(link: bytes, id_size: int, shared: ReadShared) -> Iterator[bytes]:
    """The names in the shared part of a split index, except those that were removed since.

    Replaced entries keep their names there, and have no name in the other part.
    """
    data = shared(f"sharedindex.{link[:id_size].hex()}")
    if data is None:
        raise UnreadableIndexError
    names, folders, _ = _read(data, id_size, lambda name: None)
    if folders:
        raise UnreadableIndexError
    deleted = _bits(link[id_size:], len(names)) if len(link) > id_size else set()
    yield from (name for number, name in enumerate(names) if number not in deleted)


def _bits(data: bytes, most: int) -> set[int]:
    """The indices of the set bits in a bitmap of at most `most` bits in EWAH compression."""
    _, count = struct.unpack_from(">LL", data)
    words = struct.unpack_from(f">{count}Q", data, 8)
    found: set[int] = set()
    at = bit = 0
    while at < count:
        marker = words[at]
        same, literals = marker >> 1 & 0xFFFFFFFF, marker >> 33
        if same * 64 > most + 64:
            raise UnreadableIndexError
        if marker & 1:
            found.update(range(bit, bit + same * 64))
        bit += same * 64
        for word in words[at + 1 : at + 1 + literals]:
            found.update(bit + number for number in range(64) if word >> number & 1)
            bit += 64
        at += 1 + literals
    return found


def _padded(size: int) -> int:
    """Entries end with one to eight zero bytes, at a multiple of eight."""
    return size // 8 * 8 + 8


def _shortened_path(data: bytes, at: int, previous: bytes) -> tuple[bytes, int]:
    """A path of version 4: the number of bytes to drop from the previous path, and the bytes to append.

    The number has git's variable-width encoding.
    """
    byte = data[at]
    at += 1
    dropped = byte & 0x7F
    while byte & 0x80:
        byte = data[at]
        at += 1
        dropped = (dropped + 1 << 7) | (byte & 0x7F)
    if dropped > len(previous):
        raise UnreadableIndexError
    end = data.index(b"\0", at)
    return previous[: len(previous) - dropped] + data[at:end], end + 1


def _extension(data: bytes, at: int, wanted: bytes, id_size: int) -> bytes | None:
    while at + 8 <= len(data) - id_size:
        name, size = struct.unpack_from(">4sL", data, at)
        if name == wanted:
            return data[at + 8 : at + 8 + size]
        at += 8 + size
    return None
