"""A text as Python's `open()` returns it, with a mapping back to the offsets of the original."""

from __future__ import annotations

from bisect import bisect_left

from configvars.patterns import lazy_pattern
from configvars.text import Span

_CRLF = lazy_pattern(r"\r\n")
# `heroku local` and VS Code do not split at a single CR; only honcho and django-environ split at the others.
_ODD = lazy_pattern("\r(?!\n)|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def has_odd_line_ends(text: str) -> bool:
    """Whether the readers of an env file disagree about where its lines end."""
    return _ODD.search(text) is not None


class Translated:
    """A text in which every CR LF and every single CR is replaced by LF.

    `dotenv_values(path)` opens its file in text mode, so a value on several lines contains LF, whatever the
    file contains. `text` is the converted text; `original` maps to spans of the document.
    """

    __slots__ = ("_shortened", "text")

    def __init__(self, document: str) -> None:
        self.text = document.replace("\r\n", "\n").replace("\r", "\n") if "\r" in document else document
        self._shortened = [ending.start() - n for n, ending in enumerate(_CRLF.finditer(document))]

    def original(self, span: Span) -> Span:
        """The span in the document for a span of `text`; a line ending is never split."""
        if not self._shortened:
            return span
        before, within = (bisect_left(self._shortened, offset) for offset in (span.start, span.end))
        return Span(span.start + before, span.end + within)
