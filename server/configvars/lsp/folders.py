"""The workspace folders of a session, and which of them a file belongs to."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
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

    `uri` is as the client writes it. `loaded`: all of it has been read once.
    """

    uri: str
    workspace: Workspace
    loaded: bool = False
    _changed: set[str] = field(default_factory=set)
    _reading: asyncio.Task[None] | None = None
    _again: bool = False

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
        """Analyse what was noted, so that answers are about the text that the client sees."""
        while self._changed:
            path = self._changed.pop()
            if document := documents.get(path):
                self.workspace.open(path, document.text)
            else:
                self.workspace.close(path)

    async def read(self) -> None:
        """Read the folder anew where it has changed, in slices; one reading at a time."""
        self._again = True
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        await asyncio.shield(self._reading)

    async def _read(self) -> None:
        while self._again:
            self._again = False
            for _ in self.workspace.load():
                await asyncio.sleep(0)
            self.loaded = True

    def stop(self) -> None:
        """Read no further."""
        if self._reading:
            self._reading.cancel()


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
            folder.stop()
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

    def adopt(self, path: str) -> Folder:
        """Make a folder of the parent of a file that lies in none, without the folders below it."""
        root = str(Path(path).parent)
        self._lone[root] = Folder(uri_of(root), Workspace(root, Settings(exclude=_ITSELF_ALONE)))
        return self._lone[root]
