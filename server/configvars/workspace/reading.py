"""Reading a file that anybody may have put there: a FIFO, a device, a link to elsewhere, 50 MB, no text."""

from __future__ import annotations

import codecs
import os
import re
import stat
from dataclasses import dataclass

Stamp = tuple[int, int]
"""When a file was last changed (nanoseconds) and its size: equal stamps, equal file."""

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
# A FIFO opened without O_NONBLOCK waits for a writer; both flags are absent on Windows, as are FIFOs.
_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The text of a file and what is needed to write it back as it was."""

    text: str
    encoding: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file was not read, in words that can stand after its path. `missing`: there is none."""

    why: str
    missing: bool = False


def read_bytes(path: str, root: str, limit: int) -> tuple[bytes, Stamp] | Unread:
    """The bytes of a regular file of at most `limit` bytes that lies, links followed, in `root`."""
    try:
        real = _followed(path, root)
        if isinstance(real, Unread):
            return real
        descriptor = os.open(real, _FLAGS)
    except FileNotFoundError:
        return Unread("does not exist", missing=True)
    except (OSError, ValueError):
        return Unread("cannot be read")
    with open(descriptor, "rb") as file:  # noqa: PTH123 -- a descriptor, not a path
        status = os.fstat(descriptor)
        if unfit := _unfit(status, limit):
            return unfit
        try:
            data = file.read(limit + 1)
        except OSError:
            return Unread("cannot be read")
    if len(data) > limit:
        return Unread(too_large(limit))
    return data, stamp_of(status)


def _followed(path: str, root: str) -> str | Unread:
    status = os.lstat(path)
    if not stat.S_ISLNK(status.st_mode):
        return _unfit(status, None) or path
    real = os.path.realpath(path)
    if not inside(real, os.path.realpath(root)):
        return Unread("is a symbolic link that leads outside the workspace")
    return _unfit(os.stat(real), None) or real


def _unfit(status: os.stat_result, limit: int | None) -> Unread | None:
    if stat.S_ISDIR(status.st_mode):
        return Unread("is a folder")
    if not stat.S_ISREG(status.st_mode):
        return Unread("is not a regular file")
    if limit is not None and status.st_size > limit:
        return Unread(too_large(limit))
    return None


def too_large(limit: int) -> str:
    """Why a file of more than `limit` bytes is not read."""
    return f"is larger than {limit // 1024} KiB"


def read_text(path: str, root: str, limit: int, *, python: bool) -> ReadFile | Unread:
    """Read a regular file of the workspace as text; see `read_bytes` and `decode`."""
    found = read_bytes(path, root, limit)
    return found if isinstance(found, Unread) else decode(*found, python=python)


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file's status."""
    return status.st_mtime_ns, status.st_size


def current_stamp(path: str) -> Stamp | None:
    """The stamp of the file at a path now, links followed; None where there is none."""
    try:
        return stamp_of(os.stat(path))
    except (OSError, ValueError):
        return None


def mode_of(path: str) -> int | None:
    """The permission bits of a file, links not followed; None where there is none."""
    try:
        return stat.S_IMODE(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return None


def inside(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or below it; both absolute, compared as they are written."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def decode(data: bytes, stamp: Stamp, *, python: bool) -> ReadFile | Unread:
    """The text of `data`, its line endings kept and a byte order mark taken off.

    Text is UTF-8; Python is what its coding cookie says, and Latin-1 where that fails, so that a stray
    byte in a comment hides nothing.
    """
    if b"\0" in data:
        return Unread("is not a text file")
    mark = data.startswith(codecs.BOM_UTF8)
    encoding = "utf-8-sig" if mark else (_cookie(data) or "utf-8") if python else "utf-8"
    try:
        return ReadFile(data.decode(encoding), encoding, stamp)
    except (UnicodeError, LookupError):
        if python:
            return ReadFile(data.decode("latin-1"), "latin-1", stamp)
        return Unread("is not UTF-8")


def _cookie(data: bytes) -> str | None:
    """The encoding that one of the first two lines names, as PEP 263 says."""
    for line in data[:1000].splitlines()[:2]:
        if found := _COOKIE.match(line):
            return found[1].decode("ascii")
    return None
