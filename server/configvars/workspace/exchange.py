"""What the operating system offers so that replacing a file loses nothing of another program."""

from __future__ import annotations

import errno
import os
import signal
import sys
from contextlib import suppress

try:
    import fcntl
except ImportError:  # on Windows
    fcntl = None  # type: ignore[assignment]

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, and RENAME_SWAP of macOS
_ACCESS_LISTS = "system."  # where all file systems have them: system.nfs4_acl, system.posix_acl_access
_ACCESS_LIST = "system.posix_acl_access"


def exchange(one: str, other: str) -> bool:
    """Swap two files in one atomic step. Returns False if the system or the file system has no such step."""
    if sys.platform not in ("linux", "darwin"):
        return False
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        import ctypes  # takes milliseconds, and only writers need it

        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            failed: int = library.renamex_np(first, second, _EXCHANGE)
        else:
            failed = library.renameat2(_HERE, first, _HERE, second, _EXCHANGE)
    except (ImportError, OSError, AttributeError):  # another kind of Python, or an older C library
        return False
    return not failed


def is_being_written(path: str) -> bool:
    """Whether another program has a file open for writing. Only Linux can tell, and not for every file.

    On network file systems the answer is often a wrong yes; none of them can swap two files.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        # If somebody opens the file meanwhile, the kernel sends us a signal: one that is ignored by default.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(descriptor)
    return False


def copy_attributes(source: str, target: str) -> None:
    """Copy the extended attributes of a file, as far as they can be copied.

    Raises OSError if its access control list cannot, or if it has none and that of the folder cannot be
    taken from the new file: with another one, the mode would mean something else.
    """
    if not hasattr(os, "listxattr"):
        return
    names: list[str] = []
    inherited: list[str] = []
    with suppress(OSError):
        names = os.listxattr(source, follow_symlinks=False)
        inherited = os.listxattr(target, follow_symlinks=False)
    if _ACCESS_LIST in inherited and _ACCESS_LIST not in names:
        os.removexattr(target, _ACCESS_LIST, follow_symlinks=False)
    for name in names:
        try:
            os.setxattr(target, name, os.getxattr(source, name, follow_symlinks=False), follow_symlinks=False)
        except OSError:
            if name.startswith(_ACCESS_LISTS):
                raise
