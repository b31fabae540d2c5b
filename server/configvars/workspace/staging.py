"""The temporary folder for the new content of a file before it replaces the file. Git ignores this folder.

The folder is next to the file. Its name starts and ends like the file's name, so that patterns for env
files in a `.gitignore` (`.env*`, `.env.*`, `*.env`) match it. The file in it has the same name (`.env`),
and its own `.gitignore` covers everything in it. That `.gitignore` is locked as long as the writer lives;
what a killed writer left behind is not locked, and is removed.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from configvars.patterns import lazy_pattern

try:
    import fcntl
except ImportError:  # on Windows, an open file cannot be removed, which has the effect of a lock
    fcntl = None  # type: ignore[assignment]

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
PRIVATE = 0o600
SHARED = 0o666  # before the user's umask
_PRIVATE_FOLDER = 0o700
_NAME = lazy_pattern(r".+\.configvars-[0-9a-f]{16}(?:\..+)?", re.DOTALL)
_LOCK = ".gitignore"
_IGNORE_ALL = b"# configvars writes a file here, and removes this folder.\n*\n"
_LONGEST = 100  # bytes of the file's name in the folder's name; most file systems allow 255 in total
_TRIES = 5


def is_staging_name(name: str) -> bool:
    """Whether a folder of this name is a temporary folder of this module."""
    return _NAME.fullmatch(name) is not None


@contextmanager
def staged(path: str) -> Iterator[str]:
    """A path for the new content of the file (or folder) at `path`; what is left there at the end is removed.

    Raises OSError if no folder can be created next to the file.
    """
    folder, lock = _own_folder(path)
    name = os.path.basename(path)
    try:
        yield os.path.join(folder, name if name.casefold() != _LOCK else "other")
    finally:
        with suppress(OSError):
            _empty(folder)
        os.close(lock)
        with suppress(OSError):
            _remove(folder)


def sweep(folder: str) -> None:
    """Remove temporary folders of killed writers in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        found = [entry.path for entry in entries if is_staging_name(entry.name)]
        for path in found:
            with suppress(OSError):
                _sweep(path)


def _sweep(folder: str) -> None:
    status = os.lstat(folder)
    is_own = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == _PRIVATE_FOLDER
    if hasattr(os, "geteuid"):
        is_own = is_own and status.st_uid == os.geteuid()
    if not is_own:
        return
    try:
        lock = os.open(os.path.join(folder, _LOCK), os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        os.rmdir(folder)  # only if it is empty
        return
    try:
        if not _IGNORE_ALL.startswith(os.read(lock, len(_IGNORE_ALL) + 1)):
            return
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # OSError: its writer is alive
            _empty(folder)
    finally:
        os.close(lock)
    _remove(folder)


def _own_folder(path: str) -> tuple[str, int]:
    """A new folder, and the lock on it."""
    name = os.path.basename(path)
    shown = name if len(os.fsencode(name)) <= _LONGEST else ".env"
    ending = "." + shown.rpartition(".")[2] if "." in shown else ""
    for _ in range(_TRIES):
        unique = f"{shown}.configvars-{os.urandom(8).hex()}{ending}"
        folder = os.path.join(os.path.dirname(path), unique)
        os.mkdir(folder, _PRIVATE_FOLDER)
        with suppress(FileNotFoundError):  # removed by another process before it was locked
            lock = os.open(os.path.join(folder, _LOCK), NEW, PRIVATE)
            if _is_locked(folder, lock):
                return folder, lock
            os.close(lock)
    raise OSError("its folder is swept again and again")


def _is_locked(folder: str, lock: int) -> bool:
    """Mark a new folder as in use; returns False if another process is just removing it."""
    try:
        os.write(lock, _IGNORE_ALL)
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # The disk is full, which writing the text will report; or there are no locks here, so another process
        # cannot lock it either.
        return True
    return os.path.exists(os.path.join(folder, _LOCK))


def _empty(folder: str) -> None:
    """Remove the temporary text before anything else."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif name != _LOCK:
            os.unlink(path)


def _remove(folder: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(os.path.join(folder, _LOCK))
    if fcntl is None:  # without locks, it is only now known that the writer has ended
        _empty(folder)
    os.rmdir(folder)
