"""A text as Python's `open()` hands it on, and the way back to its own offsets."""

from __future__ import annotations

import re
from bisect import bisect_left

from configvars.text import Span

_CRLF = re.compile(r"\r\n")
# A lone CR is none for `heroku local` and VS Code; the others are some for honcho and django-environ alone.
_ODD = re.compile("\r(?!\n)|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def has_odd_line_ends(text: str) -> bool:
    """Whether the readers of an env file do not agree where its lines end."""
    return _ODD.search(text) is not None


class Translated:
    """A text with every CR LF and every lone CR turned into LF.

    `dotenv_values(path)` opens its file in text mode, so a value that spans lines holds LF whatever the
    file holds. What is read here is `text`; `original` gives the places of the document itself.
    """

    __slots__ = ("_shortened", "text")

    def __init__(self, document: str) -> None:
        self.text = document.replace("\r\n", "\n").replace("\r", "\n") if "\r" in document else document
        self._shortened = [ending.start() - n for n, ending in enumerate(_CRLF.finditer(document))]

    def original(self, span: Span) -> Span:
        """The document's span of a span of `text`; a line ending is never split."""
        if not self._shortened:
            return span
        before, within = (bisect_left(self._shortened, offset) for offset in (span.start, span.end))
        return Span(span.start + before, span.end + within)
