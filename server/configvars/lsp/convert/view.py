"""The files of a folder as one client sees them, used for one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lsprotocol import types as t
from msgspec import Struct, field

from configvars.lsp.client import Client
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.documents import Documents
from configvars.model import Place


class Page(Struct, frozen=True):
    """A document of the client; `version` is set if it is open."""

    uri: str
    version: int | None
    positions: Positions


class View(Struct, frozen=True):
    """Converts paths and spans to the client's URIs and ranges.

    `read` returns the text of a file that is not open, None if it cannot be read.
    """

    client: Client
    documents: Documents
    read: Callable[[str], str | None]
    _closed: dict[str, Positions | None] = field(default_factory=dict)

    def uri(self, path: str) -> str:
        """The URI of a path, in the client's own spelling if the document is open."""
        document = self.documents.get(path)
        return document.uri if document else uri_of(path)

    def version(self, path: str) -> int | None:
        """The version of an open document; None for any other file."""
        document = self.documents.get(path)
        return document.version if document else None

    def positions(self, path: str) -> Positions | None:
        """The positions in a file's text; None if it can no longer be read."""
        if document := self.documents.get(path):
            return document.positions
        if path not in self._closed:
            text = self.read(path)
            self._closed[path] = None if text is None else Positions(text, self.client.encoding)
        return self._closed[path]

    def pages(self, path: str) -> list[Page]:
        """The client's documents for a file: one, or the cells of a notebook; none if it is unreadable."""
        positions, document = self.positions(path), self.documents.get(path)
        if positions is None:
            return []
        if document is None or document.parts is None:
            return [Page(self.uri(path), self.version(path), positions)]
        return [Page(part.uri, part.version, positions.within(part.span)) for part in document.parts]

    def location(self, place: Place) -> t.Location | None:
        """A place as a location; None if its file can no longer be read."""
        pages = (page for page in self.pages(place.path) if page.positions.holds(place.span))
        return next((t.Location(page.uri, page.positions.range(place.span)) for page in pages), None)

    def locations(self, places: Iterable[Place]) -> list[t.Location]:
        """The locations of places, without those in files that can no longer be read."""
        return [location for place in places if (location := self.location(place))]
