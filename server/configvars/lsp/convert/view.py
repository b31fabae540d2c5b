"""The files of a folder as one client sees them, for the time of one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lsprotocol import types as t

from configvars.lsp.client import Client
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.documents import Documents
from configvars.model import Place


@dataclass(frozen=True, slots=True)
class Page:
    """What a client takes for one document; `version` is that of an open one."""

    uri: str
    version: int | None
    positions: Positions


@dataclass(frozen=True, slots=True)
class View:
    """What turns paths and spans into the client's URIs and ranges.

    `read` gives the text of a file that is not open, None where it cannot be read.
    """

    client: Client
    documents: Documents
    read: Callable[[str], str | None]
    _closed: dict[str, Positions | None] = field(default_factory=dict)

    def uri(self, path: str) -> str:
        """A path's URI, in the client's own writing where the document is open."""
        document = self.documents.get(path)
        return document.uri if document else uri_of(path)

    def version(self, path: str) -> int | None:
        """The version of an open document; None for any other file."""
        document = self.documents.get(path)
        return document.version if document else None

    def positions(self, path: str) -> Positions | None:
        """The positions of a file's text; None where it cannot be read any more."""
        if document := self.documents.get(path):
            return document.positions
        if path not in self._closed:
            text = self.read(path)
            self._closed[path] = None if text is None else Positions(text, self.client.encoding)
        return self._closed[path]

    def pages(self, path: str) -> list[Page]:
        """What the client takes a file for: one document, or the cells of a notebook; none if unreadable."""
        positions, document = self.positions(path), self.documents.get(path)
        if positions is None:
            return []
        if document is None or document.parts is None:
            return [Page(self.uri(path), self.version(path), positions)]
        return [Page(part.uri, part.version, positions.within(part.span)) for part in document.parts]

    def location(self, place: Place) -> t.Location | None:
        """A place as a location; None where its file cannot be read any more."""
        pages = (page for page in self.pages(place.path) if page.positions.holds(place.span))
        return next((t.Location(page.uri, page.positions.range(place.span)) for page in pages), None)

    def locations(self, places: Iterable[Place]) -> list[t.Location]:
        """The locations of places, without those in files that cannot be read any more."""
        return [location for place in places if (location := self.location(place))]
