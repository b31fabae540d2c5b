"""Reading git's own files for `syntax/git`.

Some are above the folder, in the home folder or the repository.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

from configvars.syntax.git import GitState, Read
from configvars.workspace.git_trees import in_tree
from configvars.workspace.reading import inside

# Large enough for the index of the largest repositories; config and ignore files have a few kilobytes.
_MAX_SIZE = 64 * 1024 * 1024
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def reader(within: str | None = None) -> Read:
    """The function that reads git's files; with `within`, files outside of this folder are not read."""

    def read(path: str) -> bytes | None:
        if within is not None and not inside(path, within):
            raise OSError("outside the folder")
        return read_git_file(path)

    return read


def git_state(within: str | None = None) -> GitState:
    """What git ignores and tracks now, from git's own files.

    With `within`, a folder that the user does not trust, only files in it are read, and no objects of the
    repository: they could lead outside or take much memory. What only those would say is not known.
    """
    return GitState(reader(within), os.environ) if within else GitState(reader(), os.environ, in_tree)


class Git:
    """Git's state, cached from the first question until `forget`; `within` is passed to `git_state`."""

    def __init__(self, within: Callable[[], str | None]) -> None:
        self._within = within
        self._state: GitState | None = None

    def forget(self) -> None:
        """Clear the cache, because git's files may have changed."""
        self._state = None

    def ignored(self, path: str) -> bool | None:
        """Whether git ignores a path; None if that is not known."""
        return self._now().ignored(path)

    def tracked(self, path: str) -> bool | None:
        """Whether git tracks a path; None if that is not known."""
        return self._now().tracked(path)

    def tracks_below(self, folder: str) -> bool | None:
        """Whether the repository around a folder tracks files in it; None if that is not known."""
        return self._now().tracks_below(folder)

    def _now(self) -> GitState:
        if self._state is None:
            self._state = git_state(self._within())
        return self._state


def read_git_file(path: str) -> bytes | None:
    """The bytes of a file; None if it does not exist.

    Raises OSError if it is not a regular file of allowed size.
    """
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
