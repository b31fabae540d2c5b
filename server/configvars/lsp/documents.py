"""The documents that are open in the editor, as it last said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from configvars.lsp.convert.positions import Positions


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one open document. `uri` is as the client writes it, `path` where that is."""

    uri: str
    path: str
    version: int
    positions: Positions

    @property
    def text(self) -> str:
        """All of its text."""
        return self.positions.text


class Documents:
    """The open documents that are files, by path. Others (`untitled:` and so on) are never put in."""

    def __init__(self) -> None:
        self._by_path: dict[str, Document] = {}

    def put(self, document: Document) -> None:
        """Take a document that was opened, or a newer version of one."""
        self._by_path[document.path] = document

    def remove(self, path: str) -> None:
        """Forget a document that was closed."""
        self._by_path.pop(path, None)

    def get(self, path: str) -> Document | None:
        """The open document of a path."""
        return self._by_path.get(path)

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self._by_path.values()))
