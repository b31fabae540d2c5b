"""The workspace folders of a session, and which of them a file belongs to."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from configvars.lsp.convert.uris import uri_of
from configvars.lsp.documents import Documents
from configvars.settings import Settings
from configvars.workspace import Workspace

_ITSELF_ALONE = ("*/",)


@dataclass
class Folder:
    """One folder: its files, and what the editor has told and the analysis has not seen yet.

    `uri` is as the client writes it. `loaded`: all of it has been read once. `closed`: it is no longer part
    of the session. `only_open`: of the disk nothing is read, since nobody has opened it as a folder.
    """

    uri: str
    workspace: Workspace
    loaded: bool = False
    closed: bool = False
    only_open: bool = False
    _changed: set[str] = field(default_factory=set)
    _long: dict[str, Iterator[None]] = field(default_factory=dict)
    _was_read: asyncio.Event = field(default_factory=asyncio.Event)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _waiting: list[Callable[[], Iterator[None]]] = field(default_factory=list)

    @property
    def root(self) -> str:
        """The folder's absolute path."""
        return self.workspace.root

    def contains(self, path: str) -> bool:
        """Whether a path lies in the folder."""
        return path == self.root or path.startswith(self.root.rstrip(os.sep) + os.sep)

    def touch(self, path: str) -> None:
        """Note that a document was opened, changed or closed; it is analysed when that is needed."""
        self._changed.add(path)

    def settle(self, documents: Documents) -> None:
        """Analyse what was noted, so that answers are about the text that the client sees.

        Of a file that takes long nothing is known from now on, until `finish`.
        """
        while self._changed:
            path = self._changed.pop()
            self._long.pop(path, None)
            document = documents.get(path)
            text = document.text if document else None
            if self.workspace.is_long(path, text):
                self._long[path] = self.workspace.opening(path, text)
            elif text is not None:
                self.workspace.open(path, text)
            else:
                self.workspace.close(path)

    def is_under_way(self, path: str) -> bool:
        """Whether a file takes long and is not analysed yet."""
        return path in self._long

    async def analysed(self, path: str, documents: Documents) -> None:
        """Wait for one file, where it takes long."""
        self.settle(documents)
        if path in self._long:
            await self.finish(documents)

    async def finish(self, documents: Documents) -> None:
        """Analyse what was noted, what takes long in slices."""
        self.settle(documents)
        while self._long:
            path, steps = next(iter(self._long.items()))
            for _ in steps:
                await asyncio.sleep(0)
                if self.closed or self._long.get(path) is not steps:
                    break
            if self.closed:
                return
            if self._long.get(path) is steps:
                del self._long[path]

    def changed_on_disk(self, path: str) -> None:
        """Look again at a file or folder that came, went or changed."""
        if self.only_open:
            return
        if self.workspace.is_long(path, None):
            self.touch(path)
        else:
            self.workspace.changed_on_disk(path)

    async def read(self) -> None:
        """Read the folder, or what has changed in it since, in slices."""
        try:
            done = self.only_open or await self._step(self.workspace.load)
        except Exception:
            self._was_read.set()  # or who waits for it would wait for ever
            raise
        if done:
            self.loaded = True
            self._was_read.set()

    async def ready(self, documents: Documents) -> None:
        """Wait until all of the folder is known as the client sees it now."""
        await self._was_read.wait()
        await self.finish(documents)

    async def catch_up(self) -> None:
        """Find, in slices, what became visible by names that were learned since; work for a save."""
        await self._step(self.workspace.catch_up)

    async def _step(self, work: Callable[[], Iterator[None]]) -> bool:
        """Do work a slice at a time, after what is under way; False where another who waits will do it."""
        if work in self._waiting:
            return False
        self._waiting.append(work)
        async with self._turn:
            self._waiting.remove(work)
            for _ in work():
                await asyncio.sleep(0)
                if self.closed:
                    break
        return True


class Folders:
    """The folders in the client's order, and the parents of files that lie in none."""

    def __init__(self) -> None:
        self._folders: dict[str, Folder] = {}
        self._lone: dict[str, Folder] = {}

    def __iter__(self) -> Iterator[Folder]:
        return iter([*self._folders.values(), *self._lone.values()])

    def add(self, uri: str, root: str) -> Folder:
        """Add a folder, if it is not known; the folder."""
        if root not in self._folders:
            self._folders[root] = Folder(uri, Workspace(root))
        return self._folders[root]

    def remove(self, root: str) -> Folder | None:
        """Take a folder out; the folder, if it was known."""
        folder = self._folders.pop(root, None)
        if folder:
            folder.closed = True
        return folder

    def get(self, root: str) -> Folder | None:
        """The folder at a path."""
        return self._folders.get(root)

    def of(self, path: str) -> Folder | None:
        """The nearest folder that a file lies in; where none is, what `adopt` has made for it."""
        nearest = max(
            (folder for folder in self._folders.values() if folder.contains(path)),
            key=lambda folder: len(folder.root),
            default=None,
        )
        return nearest or self._lone.get(str(Path(path).parent))

    def adopt(self, path: str, *, trusted: bool) -> Folder:
        """Make a folder of the parent of a file that lies in none, without the folders below it.

        Its neighbours are read only if the user trusts them.
        """
        root = str(Path(path).parent)
        workspace = Workspace(root, Settings(exclude=_ITSELF_ALONE))
        self._lone[root] = Folder(uri_of(root), workspace, only_open=not trusted)
        return self._lone[root]

    def release(self, path: str, documents: Documents) -> None:
        """Let go of what was adopted for a file, once none of its neighbours is open."""
        lone = self._lone.get(str(Path(path).parent))
        if lone and not any(lone.contains(document.path) for document in documents):
            lone.closed = True
            del self._lone[lone.root]
