"""Python text as a tree-sitter tree, with every place in code points.

The grammar is newer and older than the interpreter that runs this, and its parser gives a tree for any
text. tree-sitter counts bytes of UTF-8; nothing outside this room does.
"""

from __future__ import annotations

import re
import string
import time
from bisect import bisect_right
from collections.abc import Iterator

import tree_sitter_python
from tree_sitter import Language, Node, Parser

from configvars.syntax import native
from configvars.text import Span

__all__ = ["Node", "PythonTree", "named", "parse"]

_LANGUAGE = Language(tree_sitter_python.language())
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_WORD = frozenset(bytes([byte]) for byte in f"{string.ascii_letters}{string.digits}_".encode())
# Python ends a line at a lone carriage return, the grammar does not.
_LONE_RETURN = re.compile(rb"\r(?!\n)")


class PythonTree:
    """One text and its tree.

    `refused` says why a text was not parsed, in words that can stand behind its path; its tree is empty then.
    `slow`: it took so long that it is not to be parsed again.
    """

    __slots__ = ("_before", "_bytes", "data", "refused", "root", "slow", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        data = text.encode("utf-8", "surrogatepass")
        self.data = _LONE_RETURN.sub(b"\n", data) if b"\r" in data else data
        self.refused = native.refusal(self.data)
        started = time.thread_time()
        self.root = self._parsed()
        self.slow = time.thread_time() - started > native.time_for(self.data) / 4
        self._bytes: list[int] = []
        self._before: list[int] = []
        if not text.isascii():
            self._count_wide()

    def _parsed(self) -> Node:
        if self.refused is None:
            try:
                return native.parse(Parser(_LANGUAGE), self.data).root_node
            except native.TooSlowError:
                self.refused = "takes too long to be parsed"
        self.data = b""
        return Parser(_LANGUAGE).parse(b"").root_node

    def _count_wide(self) -> None:
        """Remember after each run of wide characters how many bytes there are more than code points."""
        more = 0
        for run in _NOT_ASCII.finditer(self.text):
            for index, character in enumerate(run[0], run.start()):
                start = index + more
                self._bytes.append(start + 1)
                more += len(character.encode("utf-8", "surrogatepass")) - 1
                self._before.append(more)

    def offset(self, byte: int) -> int:
        """The code point offset of a byte offset that stands between two characters."""
        if not self._bytes:
            return byte
        known = bisect_right(self._bytes, byte)
        return byte - self._before[known - 1] if known else byte

    def byte(self, offset: int) -> int:
        """The byte offset of a code point offset."""
        return len(self.text[:offset].encode("utf-8", "surrogatepass")) if self._bytes else offset

    def span(self, node: Node) -> Span:
        """Where a node stands, in code points."""
        return Span(self.offset(node.start_byte), self.offset(node.end_byte))

    def source(self, node: Node) -> str:
        """A node's text."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "surrogatepass")

    def words(self, word: str, within: Node | None = None) -> Iterator[Node]:
        """The leaves that are `word` as a whole: names mostly, contents of strings too; in order."""
        sought = word.encode("utf-8", "surrogatepass")
        top = self.root if within is None else within
        stop = top.end_byte
        data = self.data
        start = data.find(sought, top.start_byte, stop) if sought else -1
        while start >= 0:
            end = start + len(sought)
            if not (data[end : end + 1] in _WORD or data[max(start - 1, 0) : start] in _WORD):
                leaf = top.descendant_for_byte_range(start, end)
                if leaf is not None and leaf.start_byte == start and leaf.end_byte == end:
                    yield leaf
            start = data.find(sought, end, stop)


def parse(text: str) -> PythonTree:
    """The tree of any text, an empty one where it is `refused`: some 0.3 ms a kilobyte. Never raises."""
    return PythonTree(text)


def named(node: Node) -> list[Node]:
    """The named children of a node, comments left out."""
    return [child for child in node.named_children if child.type != "comment"]
