"""Reading git's own files for `syntax/git`: some lie above the folder, in the home or the repository."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

from configvars.syntax.git import GitState, Read
from configvars.workspace.reading import inside

# The index of the largest repositories; a config or ignore file is a few kilobytes.
_MAX_SIZE = 64 * 1024 * 1024
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def reader(within: str | None = None) -> Read:
    """How git's files are read; `within` a folder: those outside of it are not to be known."""

    def read(path: str) -> bytes | None:
        if within is not None and not inside(path, within):
            raise OSError("outside the folder")
        return read_git_file(path)

    return read


def git_state(within: str | None = None) -> GitState:
    """Git's view of this moment; `within` a folder: what only files outside of it tell is not known."""
    return GitState(reader(within), os.environ)


class Git:
    """What git says, as of the first question since `forget`; `within` gives that of `git_state`."""

    def __init__(self, within: Callable[[], str | None]) -> None:
        self._within = within
        self._state: GitState | None = None

    def forget(self) -> None:
        """Git's files may be others now."""
        self._state = None

    def ignored(self, path: str) -> bool | None:
        """Whether git ignores a path; None where that cannot be known."""
        return self._now().ignored(path)

    def tracked(self, path: str) -> bool | None:
        """Whether git tracks a path; None where that cannot be known."""
        return self._now().tracked(path)

    def _now(self) -> GitState:
        if self._state is None:
            self._state = git_state(self._within())
        return self._state


def read_git_file(path: str) -> bytes | None:
    """The bytes of a file; None where there is none, OSError where it is not one to read."""
    try:
        descriptor = os.open(path, _FLAGS)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError:
        raise OSError("not a path") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_SIZE:
            raise OSError("not a file that git would read")
        return b"".join(iter(lambda: os.read(descriptor, _MAX_SIZE), b""))
    finally:
        os.close(descriptor)
