"""Git's index: the names of the files that are tracked, read without git."""

from __future__ import annotations

import struct

_HEADER = struct.Struct(">4sLL")
_STAT_SIZE = 40
_FLAG_EXTENDED = 0x4000
_MODE_FOLDER = 0o040000


class UnreadableIndexError(Exception):
    """The bytes are no index, or one that does not hold all names itself."""


def tracked_paths(data: bytes, *, id_size: int = 20) -> frozenset[bytes]:
    """The paths in an index of version 2, 3 or 4, relative to the root, with ``/``.

    `id_size` is 32 in a repository with SHA-256. Raises `UnreadableIndexError`, also for a
    split or sparse index.
    """
    try:
        return _read(data, id_size)
    except (struct.error, IndexError, ValueError):
        raise UnreadableIndexError from None


def _read(data: bytes, id_size: int) -> frozenset[bytes]:
    magic, version, count = _HEADER.unpack_from(data)
    if magic != b"DIRC" or version not in (2, 3, 4) or count > len(data):
        raise UnreadableIndexError
    paths: set[bytes] = set()
    at, path = _HEADER.size, b""
    for _ in range(count):
        (mode,) = struct.unpack_from(">L", data, at + 24)
        if mode & 0o170000 == _MODE_FOLDER:  # a whole folder of a sparse index
            raise UnreadableIndexError
        name_at = at + _STAT_SIZE + id_size + 2
        (flags,) = struct.unpack_from(">H", data, name_at - 2)
        name_at += 2 if flags & _FLAG_EXTENDED else 0
        if version == 4:
            path, at = _shortened_path(data, name_at, path)
        else:
            end = data.index(b"\0", name_at)
            path, at = data[name_at:end], at + _padded(end - at)
        paths.add(path)
    if _has_extension(data, at, b"link", id_size):
        raise UnreadableIndexError
    return frozenset(paths)


def _padded(size: int) -> int:
    """Entries end with one to eight zero bytes, at a multiple of eight."""
    return size // 8 * 8 + 8


def _shortened_path(data: bytes, at: int, previous: bytes) -> tuple[bytes, int]:
    """Version 4 says how much of the previous path goes, as git's variable-width number, and what follows."""
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


def _has_extension(data: bytes, at: int, wanted: bytes, id_size: int) -> bool:
    while at + 8 <= len(data) - id_size:
        name, size = struct.unpack_from(">4sL", data, at)
        if name == wanted:
            return True
        at += 8 + size
    return False
