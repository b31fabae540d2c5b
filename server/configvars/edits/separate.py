"""Edits of one text that do not overlap."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from configvars.model import TextEdit
from configvars.text import Span


class Separate:
    """Edits of several fixes in one text; `taken` are the edits in the order in which they were added."""

    def __init__(self) -> None:
        self.taken: list[TextEdit] = []
        self._spans: list[Span] = []

    def add(self, edits: Iterable[TextEdit]) -> None:
        """Add the edits of one fix, unless one of them overlaps with an edit of an earlier fix."""
        new = list(edits)
        if not self.collides(new):
            self.taken += new
            for edit in new:
                insort(self._spans, edit.span)

    def collides(self, edits: Iterable[TextEdit]) -> bool:
        """Whether one of these edits overlaps with an edit that was added before."""
        return any(self._is_taken(edit.span) for edit in edits)

    def _is_taken(self, span: Span) -> bool:
        spans, at = self._spans, bisect_left(self._spans, span)
        behind = at
        while behind < len(spans) and spans[behind].start <= span.end:
            if spans[behind].overlaps(span):
                return True
            behind += 1
        while at > 0 and spans[at - 1].end >= span.start:
            at -= 1
            if spans[at].overlaps(span):
                return True
        return False
