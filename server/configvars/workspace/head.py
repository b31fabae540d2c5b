"""What the current commit contains, which is what a push deploys."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from configvars.workspace.revision import NoRevision, complete, opened

if TYPE_CHECKING:
    from dulwich.repo import Repo

_REGULAR = 0o100000
_SUBMODULE = 0o160000


class Head(Struct, frozen=True):
    """The files of the current commit below a folder: their ids by absolute path, and the submodules."""

    repository: Repo
    ids: Mapping[str, bytes]
    submodules: tuple[str, ...]

    def data(self, path: str) -> bytes:
        """The content of a file of the commit. Raises `NoRevision` if this clone does not have it."""
        with complete(self.repository):
            return self.repository[self.ids[path]].as_raw_string()

    def is_same(self, path: str, data: bytes) -> bool:
        """Whether a file with this content is the one in the commit; line endings may differ."""
        known = self.ids.get(path)
        return known is not None and known in (_id(data), _id(data.replace(b"\r\n", b"\n")))


@contextmanager
def head_of(root: str) -> Iterator[Head | None]:
    """The current commit of the repository around a folder; None without a repository, or without a commit.

    Raises `NoRevision` if it cannot be read.
    """
    try:
        from dulwich.errors import NotGitRepository
        from dulwich.repo import Repo
    except ImportError:
        raise NoRevision("Reading git's revisions needs one more package: install configvars[git].") from None
    try:
        Repo.discover(root).close()
    except NotGitRepository:
        yield None
        return
    repository = opened(root, Repo, "")
    try:
        with complete(repository):
            found = _found(repository, root)
        yield found
    finally:
        repository.close()


def _found(repository: Repo, root: str) -> Head | None:
    from dulwich.object_store import iter_tree_contents
    from dulwich.objects import Commit

    try:
        commit = repository[repository.head()]
    except KeyError:
        return None
    if not isinstance(commit, Commit):
        return None
    below = os.path.relpath(os.path.realpath(root), os.path.realpath(repository.path)).replace(os.sep, "/")
    prefix = b"" if below == "." else os.fsencode(below) + b"/"
    ids: dict[str, bytes] = {}
    submodules: list[str] = []
    for entry in iter_tree_contents(repository.object_store, commit.tree):
        if not entry.path.startswith(prefix):
            continue
        path = os.path.join(root, *os.fsdecode(entry.path[len(prefix) :]).split("/"))
        if entry.mode & 0o170000 == _REGULAR:
            ids[path] = entry.sha
        elif entry.mode & 0o170000 == _SUBMODULE:
            submodules.append(path)
    return Head(repository, ids, tuple(submodules))


def _id(data: bytes) -> bytes:
    """The id of a blob, as hexadecimal digits."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest().encode()
