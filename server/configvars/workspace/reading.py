"""Reading untrusted files: they may be FIFOs, devices, links to elsewhere, huge or not text."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from msgspec import Struct

from configvars.model import Unread as Unread
from configvars.patterns import lazy_pattern
from configvars.workspace.encodings import for_people, written_in

Stamp = tuple[int, int]
"""Modification time (nanoseconds) and size of a file; if both are equal, the file counts as unchanged."""
NO_STAMP: Stamp = (0, -1)
"""The stamp of no file."""

_COOKIE = lazy_pattern(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
# A FIFO opened without O_NONBLOCK waits for a writer; both flags are absent on Windows, as are FIFOs.
_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)


_PIECE = 64 * 1024


class ReadFile(Struct, frozen=True):
    """The text of a file and what is needed to write it back as it was."""

    text: str
    encoding: str
    stamp: Stamp


_MISSING = Unread("missing", "does not exist")
_ERROR = Unread("error", "cannot be read", "cannot be read")
_DENIED = Unread("permission", "is not readable by this user", "no permission to read it")


def read_bytes(path: str, root: str | None, limit: int) -> tuple[bytes, Stamp] | Unread:
    """The bytes of a regular file of at most `limit` bytes whose real path is in `root`, if given."""
    try:
        real = _followed(path, root)
        if isinstance(real, Unread):
            return real
        descriptor = os.open(real, _FLAGS)
    except FileNotFoundError:
        return _MISSING
    except PermissionError:
        return _DENIED
    except (OSError, ValueError):
        return _ERROR
    try:
        status = os.fstat(descriptor)
        if unfit := _unfit(status, limit):
            return unfit
        data = b"".join(_pieces(descriptor, status.st_size, limit))
    except OSError:
        return _ERROR
    finally:
        os.close(descriptor)
    if len(data) > limit:
        return too_large(limit)
    return data, stamp_of(status)


def _pieces(descriptor: int, size: int, limit: int) -> Iterator[bytes]:
    """The content of a file, up to slightly more than `limit` bytes.

    Memory is allocated only for the content.
    """
    read = 0
    while read <= limit and (piece := os.read(descriptor, size + 1 - read if read < size else _PIECE)):
        read += len(piece)
        yield piece
        if read == size:  # at its end, a regular file returns fewer bytes than requested
            return


def _followed(path: str, root: str | None) -> str | Unread:
    status = os.lstat(path)
    is_link = stat.S_ISLNK(status.st_mode)
    if not is_link and root is None:
        return _unfit(status, None) or path
    real = os.path.realpath(path)  # a folder in the path may be a link, too
    if root is not None and not inside(real, os.path.realpath(root)):
        if not is_link:
            return Unread(
                "outside",
                "is behind a symbolic link that leads outside of the project",
                "link out of the project",
            )
        return Unread(
            "outside", "is a symbolic link that leads outside of the project", "link out of the project"
        )
    try:
        return _unfit(os.stat(real), None) or real
    except OSError as error:
        if error.errno == errno.ELOOP:
            return Unread("dead link", "is a symbolic link that leads back to itself", "dead link")
        if not isinstance(error, FileNotFoundError):
            raise
        is_relative = not (is_link and os.path.isabs(os.readlink(path)))
        where = os.path.relpath(real, os.path.dirname(path)).replace(os.sep, "/") if is_relative else real
        return Unread("dead link", f"is a symbolic link to {where}, which does not exist", "dead link")


def _unfit(status: os.stat_result, limit: int | None) -> Unread | None:
    if stat.S_ISDIR(status.st_mode):
        return Unread("folder", "is a folder", "folder")
    if stat.S_ISFIFO(status.st_mode):
        return Unread("pipe", "is a named pipe, which can be read only once", "named pipe")
    if stat.S_ISSOCK(status.st_mode):
        return Unread("nothing", "is a socket, which no program can read", "socket")
    if stat.S_ISCHR(status.st_mode) and status.st_rdev == _null_device():
        return Unread("nothing", f"is {os.devnull}, which is empty", "empty device")
    if not stat.S_ISREG(status.st_mode):
        return Unread("device", "is not a regular file", "not a regular file")
    if limit is not None and status.st_size > limit:
        return too_large(limit)
    return None


def _null_device() -> int | None:
    try:
        return os.stat(os.devnull).st_rdev
    except OSError:
        return None


def too_large(limit: int) -> Unread:
    """Why a file of more than `limit` bytes is not read."""
    return Unread("large", f"is larger than {limit // 1024} KiB", "too large to read")


def read_text(
    path: str, root: str | None, limit: int, *, python: bool, encodings: Iterable[str] = ()
) -> ReadFile | Unread:
    """Read a regular file of the workspace as text; see `read_bytes` and `decode`."""
    found = read_bytes(path, root, limit)
    return found if isinstance(found, Unread) else decode(*found, python=python, encodings=encodings)


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file's status."""
    return status.st_mtime_ns, status.st_size


def current_stamp(path: str) -> Stamp | None:
    """The current stamp of the file at a path, following links; None if there is none."""
    try:
        return stamp_of(os.stat(path))
    except (OSError, ValueError):
        return None


def is_current(path: str, stamps: Mapping[str, Stamp]) -> bool:
    """Whether a file still has the stamp that it had when it was read."""
    return path in stamps and current_stamp(path) == stamps[path]


def mode_of(path: str) -> int | None:
    """The permission bits of a file, following links; None if there is none."""
    try:
        return stat.S_IMODE(os.stat(path).st_mode)
    except (OSError, ValueError):
        return None


def is_file(path: str) -> bool:
    """Whether there is a file or a named pipe at a path, following links. It is not opened."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(mode) or stat.S_ISFIFO(mode)


def link_target(path: str) -> str | None:
    """The final target of a symbolic link, whether it exists or not; None if the path is not a link."""
    try:
        return os.path.realpath(path) if os.path.islink(path) else None
    except (OSError, ValueError):
        return None


def links_on(path: str) -> Iterator[str]:
    """The links on the way to a file, each once, in the order in which they are followed."""
    drive, below = os.path.splitdrive(path)
    todo, way, seen = below.split(os.sep)[::-1], drive + os.sep, set[str]()
    while todo:
        way = os.path.normpath(os.path.join(way, todo.pop()))
        if not os.path.islink(way):
            continue
        if way in seen:
            way = os.path.realpath(way)
            continue
        seen.add(way)
        yield way
        drive, target = os.path.splitdrive(os.path.join(os.path.dirname(way), os.readlink(way)))
        todo, way = [*todo, *target.split(os.sep)[::-1]], drive + os.sep


def link_free(path: str) -> str | None:
    """A path with all links resolved; None if it is not a valid path."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return None


def inside(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or below it; both absolute, compared as strings."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def decode(data: bytes, stamp: Stamp, *, python: bool, encodings: Iterable[str] = ()) -> ReadFile | Unread:
    """The text of `data`, with its line endings but without a byte order mark.

    Text is UTF-8, or in the first of `encodings` that fits. Python is in the encoding of its coding
    cookie, and Latin-1 if that fails, so that an invalid byte in a comment does not hide the file.
    """
    mark = data.startswith(codecs.BOM_UTF8)
    first = "utf-8-sig" if mark else (cookie_of(data) or "utf-8") if python else "utf-8"
    wanted = [*([] if b"\0" in data else [first]), *encodings, *(["latin-1"] if python else [])]
    for encoding in wanted:
        with suppress(ValueError, LookupError):  # also raised for an unknown encoding
            text = data.decode(encoding)
            if "\0" not in text:
                return ReadFile(text, encoding, stamp)
    return _undecoded(data, python=python)


def _undecoded(data: bytes, *, python: bool) -> Unread:
    """Why bytes are not UTF-8 text; the answer contains nothing of the content."""
    name = for_people(written_in(data))
    if name and name != "UTF-8":
        refused = "which Python does not accept" if python else "not UTF-8"
        return Unread("encoding", f"is {name}, {refused}", name)
    if b"\0" in data:
        return Unread("binary", "is not a text file", "not a text file")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return Unread("encoding", f"is not UTF-8 (line {line_of_error(data, error)})", "not UTF-8")
    return _ERROR


def line_of_error(data: bytes, error: UnicodeDecodeError) -> int:
    """The number, from 1, of the line of `data` that cannot be decoded."""
    return len(re.findall(rb"\r\n|\r|\n", data[: error.start])) + 1


def cookie_of(data: bytes) -> str | None:
    """The encoding that one of the first two lines names, according to PEP 263."""
    for line in data[:1000].splitlines()[:2]:
        if found := _COOKIE.match(line):
            return found[1].decode("ascii")
    return None
