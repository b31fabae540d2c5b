"""The documents that are open in the editor, in the last version that it sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.uris import path_as_written
from configvars.text import Span
from configvars.workspace.reading import Stamp

if TYPE_CHECKING:
    from configvars.lsp.notebooks import Notebook


class Part(Struct, frozen=True):
    """A part of a document that is a separate document for the client: a cell of a notebook."""

    uri: str
    version: int
    span: Span


class Document(Struct, frozen=True):
    """One version of one open document. `uri` is the URI of the client, `path` the path of the file.

    `language` is the client's language id. `early`: the client sent its text before it opened the
    document. `parts` are the cells of a notebook; any other document has none. `lost`: the client changed
    the document, but its text did not arrive, or it arrived out of order. `on_disk` is the stamp of the file
    when the document was opened or saved; None if it was changed since, or if there was no file.
    """

    uri: str
    path: str
    version: int
    positions: Positions
    language: str = ""
    early: bool = False
    lost: bool = False
    on_disk: Stamp | None = None
    parts: tuple[Part, ...] | None = None

    def is_stale(self, on_disk: Stamp | None) -> bool:
        """Whether a save shows that the client has a newer text, given the stamp of the file now.

        Without a change since the last save, a save writes the same text again, so another stamp means that a
        change was lost. If there was one, the file may contain an older text: the user may have typed while
        it was saved.
        """
        return self.lost or (self.on_disk is not None and on_disk not in (None, self.on_disk))

    @property
    def text(self) -> str:
        """The whole text of this version."""
        return self.positions.text


class Documents:
    """The open documents that are files, by path. Others (such as `untitled:`) are not included.

    A file that is open under several URIs (through a link) has several documents, each with its own versions.
    The one that was opened or changed last counts; the others wait until it is closed.
    """

    def __init__(self) -> None:
        self._by_path: dict[str, Document] = {}
        self._waiting: dict[str, list[Document]] = {}
        self._notebooks: dict[str, Notebook] = {}
        self._closed: dict[str, int] = {}

    def put(self, document: Document) -> None:
        """Add a document that was opened, or a newer version of it."""
        path, before = document.path, self._by_path.get(document.path)
        waiting = [each for each in self._waiting.pop(path, []) if not _is_of(each, document.uri)]
        if before is not None and before.parts is None and not _is_of(before, document.uri):
            waiting.append(before)
        if waiting:
            self._waiting[path] = waiting
        self._by_path[path] = document
        self._closed.pop(path, None)

    def put_notebook(self, notebook: Notebook, document: Document) -> None:
        """Add a notebook and the document that its cells form."""
        self._notebooks[notebook.path] = notebook
        self.put(document)

    def remove(self, path: str, uri: str = "") -> None:
        """Remove a document that was closed; another document of the same file then counts.

        An unknown URI is another way to write that of the document that counts.
        """
        waiting = self._waiting.get(path, [])
        closed = next((each for each in waiting if _is_of(each, uri)), None)
        if closed is None and waiting:
            self._by_path[path] = closed = waiting[-1]
        if closed is not None:
            waiting.remove(closed)
            if not waiting:
                del self._waiting[path]
            return
        if document := self._by_path.pop(path, None):
            self._closed[path] = document.version
        self._notebooks.pop(path, None)

    def last_version(self, path: str) -> int | None:
        """The version in which a document was closed; None if it is open or was never open."""
        return self._closed.get(path)

    def get(self, path: str) -> Document | None:
        """The open document of a path; the one that counts if there are several."""
        return self._by_path.get(path)

    def of(self, path: str, uri: str) -> Document | None:
        """The open document of a path that has a URI, or else the one that counts."""
        return next((each for each in self._waiting.get(path, []) if _is_of(each, uri)), self.get(path))

    def twins(self, path: str) -> list[Document]:
        """The other open documents of a path with the same text as the one that counts."""
        return [each for each in self._waiting.get(path, []) if each.text == self._by_path[path].text]

    def notebook(self, uri: str) -> Notebook | None:
        """The open notebook with this URI."""
        return next((notebook for notebook in self._notebooks.values() if notebook.uri == uri), None)

    def cell(self, uri: str) -> tuple[str, Part] | None:
        """The path of the open notebook that contains a cell, and the cell's part of its document."""
        for path in self._notebooks:
            for part in self._by_path[path].parts or ():
                if part.uri == uri:
                    return path, part
        return None

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self._by_path.values()))


def _is_of(document: Document, uri: str) -> bool:
    """Whether a URI is that of a document, perhaps written in another way."""
    return document.uri == uri or path_as_written(document.uri) == path_as_written(uri)
