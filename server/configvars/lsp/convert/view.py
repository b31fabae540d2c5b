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

    def location(self, place: Place) -> t.Location | None:
        """A place as a location; None where its file cannot be read any more."""
        positions = self.positions(place.path)
        return t.Location(self.uri(place.path), positions.range(place.span)) if positions else None

    def locations(self, places: Iterable[Place]) -> list[t.Location]:
        """The locations of places, without those in files that cannot be read any more."""
        return [location for place in places if (location := self.location(place))]
