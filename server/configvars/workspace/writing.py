"""Writing a file of the user's: whole or not at all, and never through a link."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress

from configvars.workspace.reading import Unread, inside, link_target, read_text

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
PRIVATE = 0o600
_MAX_SIZE = 64 * 1024 * 1024


class WriteRefused(Exception):  # noqa: N818 -- not a failure of ours
    """Why a file was left as it was: a sentence for the user, without anything from the file."""


def create(path: str, root: str, text: str, mode: int = PRIVATE) -> None:
    """Write a new file. One that is there already, a link included, is left alone: `WriteRefused`."""
    _check_folder(path, root)
    temporary = _write_beside(path, text.encode("utf-8"), mode)
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise WriteRefused("the file exists already") from None
    except OSError:
        _create_without_links(path, temporary)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)


def replace(
    path: str, root: str, before: str, text: str, *, python: bool = False, encodings: Iterable[str] = ()
) -> None:
    """Give a file new text, if it still holds the text `before`; mode, encoding and mark stay.

    Anything else (a link, another text, no right to write) is `WriteRefused`, and the file as it was.
    """
    _check_folder(path, root)
    status = _writable(path)
    current = read_text(path, root, _MAX_SIZE, python=python, encodings=encodings)
    if isinstance(current, Unread):
        raise WriteRefused(f"the file {current.why}")
    if current.text != before:
        raise WriteRefused("the file has changed meanwhile")
    try:
        data = text.encode(current.encoding)
    except UnicodeError:
        raise WriteRefused(f"the file's encoding, {current.encoding}, cannot hold the change") from None
    temporary = _write_beside(path, data, stat.S_IMODE(status.st_mode))
    try:
        _keep_owner(temporary, status)
        os.replace(temporary, path)
    except OSError:
        raise WriteRefused("the file could not be replaced") from None
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)


def write_report(path: str, text: str) -> None:
    """Write a report where the user wants it; what is there is replaced."""
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:  # noqa: PTH123
            file.write(text)
    except (OSError, ValueError):
        raise WriteRefused("it cannot be written") from None


def _check_folder(path: str, root: str) -> None:
    folder = os.path.dirname(path)
    if not inside(os.path.realpath(folder), os.path.realpath(root)):
        raise WriteRefused("it lies outside the workspace")
    if not os.path.isdir(folder):
        raise WriteRefused("its folder does not exist")


def _writable(path: str) -> os.stat_result:
    try:
        status = os.lstat(path)
    except OSError:
        raise WriteRefused("the file does not exist any more") from None
    if stat.S_ISLNK(status.st_mode):
        raise WriteRefused(
            f"it is a symbolic link to {link_target(path)}, and nothing is written through a link"
        )
    if not stat.S_ISREG(status.st_mode):
        raise WriteRefused("it is not a regular file")
    if status.st_nlink > 1:
        raise WriteRefused("it has another name (a hard link) that would keep the old text")
    if not os.access(path, os.W_OK):
        raise WriteRefused("it is read-only")
    return status


def _write_beside(path: str, data: bytes, mode: int) -> str:
    """Write a temporary file in the same folder, so that putting it in place is one step."""
    temporary = os.path.join(os.path.dirname(path), f".configvars-{secrets.token_hex(8)}.tmp")
    try:
        descriptor = os.open(temporary, _NEW, PRIVATE)
    except OSError:
        raise WriteRefused("nothing can be written to its folder") from None
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 -- a descriptor, not a path
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        os.chmod(temporary, mode)
    except OSError:
        os.unlink(temporary)
        raise WriteRefused("it could not be written (is the disk full?)") from None
    return temporary


def _create_without_links(path: str, temporary: str) -> None:
    """For file systems without hard links: take the name first, then put the text in its place."""
    try:
        os.close(os.open(path, _NEW, PRIVATE))
        os.replace(temporary, path)
    except FileExistsError:
        raise WriteRefused("the file exists already") from None
    except OSError:
        raise WriteRefused("it could not be written") from None


def _keep_owner(temporary: str, status: os.stat_result) -> None:
    own = os.stat(temporary)
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        os.chown(temporary, status.st_uid, status.st_gid)
