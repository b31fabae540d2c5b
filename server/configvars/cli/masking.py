"""Masking a line of Python, so that only names of variables, keywords and operators remain visible."""

from __future__ import annotations

import builtins
import keyword
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from operator import attrgetter

from msgspec import Struct

from configvars.model import FileFacts
from configvars.patterns import lazy_pattern
from configvars.syntax.env_names import looks_random
from configvars.syntax.python import Node, PythonTree
from configvars.text import Span

MASK = "***"
_WORD = lazy_pattern(r"[A-Za-z_]\w*")
_NAME = lazy_pattern(r"[A-Za-z_][\w.-]*")
_BUILTINS = frozenset(name for name in dir(builtins) if name.islower())
# Node types with fixed text, not text that a user chooses.
_PLAIN = frozenset({"true", "false", "none", "ellipsis", "string_start", "string_end"})


class Piece(Struct, frozen=True):
    """The text that is shown for a part of a line."""

    span: Span
    shown: str


class Masking:
    """Masks the lines of one Python file."""

    def __init__(self, facts: FileFacts, tree: PythonTree) -> None:
        self._facts = facts
        self._tree = tree

    def of(self, part: Span) -> list[Piece]:
        """The pieces of a line, or of a part of one."""
        tree, names = self._tree, list(self._names_in(part))
        pieces: list[Piece] = []
        at = part.start
        for leaf in _leaves(tree, part):
            span = tree.span(leaf)
            span = Span(max(span.start, at), min(span.end, part.end))
            if leaf.type == "comment" or span.start >= span.end:
                continue
            _add(pieces, Piece(Span(at, span.start), _blank(tree.text[at : span.start])))
            for piece in _of_leaf(leaf, span, tree.text, names, self._words):
                _add(pieces, piece)
            at = span.end
        return pieces

    def _names_in(self, part: Span) -> Iterator[Span]:
        """The spans of the names of variables, in order."""
        first = bisect_left(self._spans, part.start, key=_start)
        for span in islice(self._spans, first, None):
            if span.start > part.end:
                return
            written = span.of(self._tree.text)
            if span.end <= part.end and _NAME.fullmatch(written) and not looks_random(written):
                yield span

    @cached_property
    def _spans(self) -> list[Span]:
        references, definitions = self._facts.references, self._facts.definitions
        return sorted([*(each.span for each in references), *(each.span for each in definitions)])

    @cached_property
    def _words(self) -> frozenset[str]:
        """The names that configvars itself knows: `os`, `environ`, `get`."""
        idioms = {found.idiom for found in self._facts.references}
        idioms |= {found.idiom for found in self._facts.dynamic}
        return frozenset(word for idiom in idioms for word in _WORD.findall(idiom)) | _BUILTINS


_start = attrgetter("start")


def _leaves(tree: PythonTree, part: Span) -> Iterator[Node]:
    """The leaves that a part of the text touches, in order."""
    start, end = tree.byte(part.start), tree.byte(part.end)
    cursor = tree.root.walk()
    while (node := cursor.node) is not None and node.start_byte < end:
        if node.end_byte > start:
            if node.child_count and cursor.goto_first_child_for_byte(start) is not None:
                continue
            if not node.child_count:
                yield node
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def _of_leaf(leaf: Node, span: Span, text: str, names: list[Span], words: frozenset[str]) -> Iterator[Piece]:
    written = span.of(text)
    if _is_plain(leaf, written) or written in words:
        yield Piece(span, written)
        return
    at = span.start
    for name in names:
        if at <= name.start and name.end <= span.end:
            if at < name.start:
                yield Piece(Span(at, name.start), MASK)
            yield Piece(name, name.of(text))
            at = name.end
    if at < span.end:
        yield Piece(Span(at, span.end), MASK)


def _is_plain(leaf: Node, written: str) -> bool:
    if leaf.is_named:
        return leaf.type in _PLAIN
    return not leaf.is_missing and (keyword.iskeyword(written) or not any(c.isalnum() for c in written))


def _blank(gap: str) -> str:
    """The text between two leaves: blanks, or masked text that the grammar could not parse."""
    return gap if gap.isspace() or not gap else MASK


def _add(pieces: list[Piece], piece: Piece) -> None:
    """Add a piece; a dotted chain of masked names is masked as one."""
    if piece.span.start == piece.span.end:
        return
    if piece.shown == MASK and pieces:
        last = pieces[-1]
        if last.shown == MASK:
            pieces[-1] = Piece(Span(last.span.start, piece.span.end), MASK)
            return
        if last.shown == "." and len(pieces) > 1 and pieces[-2].shown == MASK:
            pieces[-2:] = [Piece(Span(pieces[-2].span.start, piece.span.end), MASK)]
            return
    pieces.append(piece)
