"""Writing the user's files: completely or not at all, and never through a link."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from configvars.workspace.delayed_signals import delayed_signals
from configvars.workspace.exchange import copy_attributes, exchange, is_being_written
from configvars.workspace.kinds import by_name
from configvars.workspace.reading import ReadFile, Unread, inside, link_target, read_bytes, read_text
from configvars.workspace.staging import NEW, PRIVATE, SHARED, staged, sweep

_MAX_SIZE = 64 * 1024 * 1024
_CHANGED = "the file has changed in the meantime"
_OF_REPORTS = frozenset({"jinja", "mentions", "workflow"})  # kinds of any file called .txt, .html, .yml …
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class WriteRefused(Exception):  # noqa: N818 -- not a failure of ours
    """Why a file was not changed; the message is a clause for the user without content of the file."""


def create(path: str, root: str, text: str, *, shared: bool = False) -> None:
    """Write a new file. Raises `WriteRefused` if the path exists, even as a link.

    Only its owner can read it, or, if `shared`, it gets the usual mode of new files.
    """
    _prepare_folder(path, root)
    mode = SHARED if shared else PRIVATE
    with _written(path, text.encode("utf-8"), mode) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise WriteRefused("the file exists already") from None
        except OSError:
            _create_without_links(path, temporary, mode)


def replace(
    path: str, root: str, before: str, text: str, *, python: bool = False, encodings: Iterable[str] = ()
) -> None:
    """Replace the text of a file, if it is still `before`; mode, encoding and byte order mark stay.

    Otherwise (a link, another text, no permission) raises `WriteRefused`, and the file does not change.
    """
    _prepare_folder(path, root)
    status = _writable(path)

    def unchanged(at: str) -> ReadFile:
        current = read_text(at, root, _MAX_SIZE, python=python, encodings=encodings)
        if isinstance(current, Unread):
            raise WriteRefused(f"the file {current.why}")
        if current.text != before:
            raise WriteRefused(_CHANGED)
        return current

    encoding = unchanged(path).encoding
    try:
        data = text.encode(encoding)
    except UnicodeError:
        raise WriteRefused(f"the file's encoding, {encoding}, cannot hold the change") from None
    with _written(path, data) as temporary:
        _check_same(path, status)
        unchanged(path)  # once more, because to write the new file takes milliseconds
        if _put(temporary, path, status):
            try:
                _check_same(temporary, status)
                is_changed = is_being_written(temporary)
                unchanged(temporary)  # last, because nobody can open it any more
            except (OSError, WriteRefused):
                is_changed = True
            if is_changed:
                _put_back(temporary, path, data)
                raise WriteRefused(_CHANGED)


def _put(temporary: str, path: str, status: os.stat_result) -> bool:
    """Put the new file in the place of another. Returns whether the other one is now the temporary one."""
    try:
        _keep_owner(temporary, status)
        copy_attributes(path, temporary)
        with suppress(OSError):
            _keep_mode(temporary, stat.S_IMODE(status.st_mode))
        if exchange(temporary, path):
            return True
        os.replace(temporary, path)
    except OSError:
        raise WriteRefused("the file could not be replaced") from None
    return False


def _put_back(temporary: str, path: str, data: bytes) -> None:
    """Put the previous file back, with what another program has added to the new one in the meantime.

    If the other program has replaced the new file as well, its file stays.
    """
    with suppress(OSError):
        if not exchange(temporary, path):
            os.replace(temporary, path)
            return
        found = read_bytes(temporary, None, _MAX_SIZE)
        if isinstance(found, Unread) or not found[0].startswith(data):
            exchange(temporary, path)
        elif added := found[0][len(data) :]:
            with open(path, "ab") as file:  # noqa: PTH123
                file.write(added)


def _check_same(path: str, status: os.stat_result) -> None:
    """Check that a file is the one of a status."""
    try:
        is_other = not os.path.samestat(os.lstat(path), status)
    except OSError:
        is_other = True
    if is_other:
        raise WriteRefused(_CHANGED)


def write_report(path: str, text: str) -> None:
    """Write a report to a path of the user's choice.

    An existing file is replaced, unless it belongs to a project.
    """
    kind = by_name(os.path.basename(path))
    is_of_project = kind is not None and not kind.needs_shebang and kind.name not in _OF_REPORTS
    if is_of_project and os.path.lexists(path):
        raise WriteRefused("a project file exists at this path and would be lost")
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:  # noqa: PTH123
            file.write(text)
    except (OSError, ValueError):
        raise WriteRefused("it cannot be written") from None


def _prepare_folder(path: str, root: str) -> None:
    """Check that a folder may be written to, and remove what killed writers left behind."""
    folder = os.path.dirname(path)
    if not inside(os.path.realpath(folder), os.path.realpath(root)):
        raise WriteRefused("it is outside of the project")
    if not os.path.isdir(folder):
        raise WriteRefused("its folder does not exist")
    sweep(folder)  # before anything else: what was left behind can be a second name of the file


def _writable(path: str) -> os.stat_result:
    try:
        status = os.lstat(path)
    except OSError:
        raise WriteRefused("the file does not exist any more") from None
    if stat.S_ISLNK(status.st_mode):
        raise WriteRefused(
            f"it is a symbolic link to {link_target(path)}, and configvars does not write through a link"
        )
    if not stat.S_ISREG(status.st_mode):
        raise WriteRefused("it is not a regular file")
    if status.st_nlink > 1:
        raise WriteRefused("another hard link to it would keep the old content")
    if not os.access(path, os.W_OK):
        raise WriteRefused("it is read-only")
    return status


@contextmanager
def _written(path: str, data: bytes, mode: int = PRIVATE) -> Iterator[str]:
    """A temporary file with the new text, so that replacing the file is one atomic step.

    Only the owner can access its folder, whatever its own `mode` is. A signal that would end the process is
    delayed until the block has ended.
    """
    with delayed_signals(), ExitStack() as stack:
        try:
            temporary = stack.enter_context(staged(path))
        except OSError as error:
            raise WriteRefused(_why(error, "its folder is not writable")) from None
        try:
            _write_new(temporary, data, mode)
        except OSError as error:
            raise WriteRefused(_why(error, "it could not be written")) from None
        yield temporary


def _write_new(path: str, data: bytes, mode: int) -> None:
    descriptor = os.open(path, NEW, mode)
    with open(descriptor, "wb") as file:  # noqa: PTH123 -- a descriptor, not a path
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _why(error: OSError, otherwise: str) -> str:
    return "the disk is full" if error.errno in _FULL else otherwise


def _create_without_links(path: str, temporary: str, mode: int) -> None:
    """For file systems without hard links: create an empty file first, then replace it."""
    try:
        os.close(os.open(path, NEW, mode))
        os.replace(temporary, path)
    except FileExistsError:
        raise WriteRefused("the file exists already") from None
    except OSError:
        raise WriteRefused("it could not be written") from None


def _keep_owner(temporary: str, status: os.stat_result) -> None:
    own = os.stat(temporary)
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        os.chown(temporary, status.st_uid, status.st_gid)


def _keep_mode(path: str, mode: int) -> None:
    """Set the mode of the previous file on the new one; never through a link."""
    if mode == PRIVATE:
        return
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        os.fchmod(descriptor, mode) if hasattr(os, "fchmod") else os.chmod(path, mode)
    finally:
        os.close(descriptor)
