"""The texts of files, open or not, with their positions."""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types as t

from configvars.lsp.client import Encoding
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.documents import Documents
from configvars.model import Place

_KEPT = 256  # files whose lines are remembered


class Texts:
    """Places of files as locations of the client.

    `read` gives the text of a file that is not open, as the analysis has seen it.
    """

    def __init__(self, documents: Documents, encoding: Encoding) -> None:
        self._documents = documents
        self._encoding = encoding
        self._positions: dict[str, Positions] = {}

    def uri(self, path: str) -> str:
        """A path's URI, in the client's own writing where the document is open."""
        document = self._documents.get(path)
        return document.uri if document else uri_of(path)

    def version(self, path: str) -> int | None:
        """The version of an open document; None for any other file."""
        document = self._documents.get(path)
        return document.version if document else None

    def positions(self, path: str, text: str) -> Positions:
        """The positions of a file's text."""
        known = self._positions.get(path)
        if known is None or known.text is not text:
            if len(self._positions) >= _KEPT:
                self._positions.clear()
            known = self._positions[path] = Positions(text, self._encoding)
        return known

    def location(self, place: Place, read: Callable[[str], str | None]) -> t.Location | None:
        """A place as a location; None where its file cannot be read any more."""
        text = read(place.path)
        if text is None:
            return None
        return t.Location(self.uri(place.path), self.positions(place.path, text).range(place.span))
