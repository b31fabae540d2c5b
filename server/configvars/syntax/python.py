"""Python text as a tree-sitter tree, with positions in code points.

The grammar accepts syntax newer and older than the running interpreter, and the parser returns a tree for any
text. tree-sitter counts bytes of UTF-8; no module outside this package does.
"""

from __future__ import annotations

import re
import string
import time
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from copy import copy
from itertools import islice, takewhile
from operator import attrgetter

import tree_sitter_python
from tree_sitter import Language, Node, Parser

from configvars.limits import NESTING, Hits
from configvars.patterns import lazy_pattern
from configvars.slices import result
from configvars.syntax import native
from configvars.syntax.python_depth import is_too_deep, too_deep, with_parents
from configvars.syntax.python_siblings import Siblings, siblings
from configvars.text import Span

__all__ = ["Node", "PythonTree", "is_too_deep", "named", "parse", "parsing"]

_LANGUAGE = Language(tree_sitter_python.language())
_NOT_ASCII = lazy_pattern(r"[^\x00-\x7f]+")
_WORD = frozenset(f"{string.ascii_letters}{string.digits}_".encode())
_WORDS = lazy_pattern(rb"[A-Za-z0-9_\x80-\xff]+")
_ASCII_WORDS = lazy_pattern(rb"[A-Za-z0-9_]+")
_BLANK_BETWEEN_WORDS = bytes(byte if byte >= 0x80 or byte in _WORD else ord(" ") for byte in range(256))
# For more words than this, an index of all words is faster than searching each one.
_MAX_SOUGHT = 64
_STEP = 5000  # wide characters, which take some milliseconds
_LONG = 64 * 1024  # bytes; in a shorter text, any word is found in some milliseconds
_FREQUENT = 5000  # times; finding a word that occurs less often takes some milliseconds
_start = attrgetter("start_byte")
# Python ends a line at a single carriage return, the grammar does not.
_LONE_RETURN = lazy_pattern(rb"\r(?!\n)")


class PythonTree:
    """One text and its tree.

    `refused` says why a text was not parsed, in words that can follow its path; its tree is then empty.
    `slow`: parsing took so long that it must not be repeated. `hits` counts exceeded limits.
    """

    __slots__ = (
        *(
            "_before",
            "_bytes",
            "_deep",
            "_frequent",
            "_leaves",
            "_places",
            "_siblings",
            "_vocabulary",
            "_wide",
        ),
        *("__weakref__", "data", "hits", "refused", "root", "slow", "text"),
    )

    def __init__(self, text: str) -> None:
        self.text = text
        data = text.encode("utf-8", "surrogatepass")
        self.data = _LONE_RETURN.sub(b"\n", data) if b"\r" in data else data
        self.refused: str | None = None
        self.slow = False
        self._siblings: dict[int, Siblings] = {}
        self.hits = Hits()
        self._leaves: dict[str, list[Node]] = {}
        self._frequent: dict[str, tuple[list[Node], Hits]] = {}
        self._places: dict[bytes, list[int]] | None = None
        self._vocabulary: frozenset[bytes] | None = None
        self._deep: list[tuple[int, int]] | None = None
        self._wide: list[int] = []
        self._bytes: list[int] = []
        self._before: list[int] = []

    def parsing(self) -> Iterator[None]:
        """Create the tree, in steps of a few milliseconds; nothing else can be used before that is done."""
        self.refused = yield from native.refusal(self.data)
        steps, took = self._parsing(), 0.0
        is_done = False
        while not is_done:
            begun = time.thread_time()
            is_done = next(steps, steps) is steps
            took += time.thread_time() - begun
            if not is_done:
                yield
        self.slow = took > native.time_for(self.data) / 4
        if not self.text.isascii():
            yield from self._counting_wide()

    def apart(self) -> PythonTree:
        """The same tree, for a caller whose exceeded limits do not count for the file."""
        other = copy(self)
        other.hits = Hits()
        other._leaves, other._frequent = {}, dict(self._frequent)  # noqa: SLF001 -- of this very class
        return other

    def indexing(self) -> Iterator[None]:
        """Find the words that occur very often, in steps of a few milliseconds; `words` finds one at once."""
        counts: Counter[bytes] = Counter()
        for start in range(0, len(self.data) if len(self.data) > _LONG else 0, _LONG):
            counts.update(self.data[start : start + _LONG].translate(_BLANK_BETWEEN_WORDS).split())
            yield
        for word in [word.decode("utf-8", "replace") for word, times in counts.items() if times > _FREQUENT]:
            leaves, hits = list[Node](), Hits()
            for number, leaf in enumerate(self._leaves_of(word, hits), 1):
                leaves += [leaf] if leaf is not None else []
                if number % _STEP == 0:
                    yield
            self._frequent[word] = leaves, hits

    def _parsing(self) -> Iterator[None]:
        if self.refused is None:
            try:
                tree = yield from native.parsing(Parser(_LANGUAGE), self.data)
                self.root = yield from with_parents(tree.root_node)
                return
            except native.TooSlowError:
                self.refused = "takes too long to be parsed"
        self.data = b""
        self.root = Parser(_LANGUAGE).parse(b"").root_node

    def _counting_wide(self) -> Iterator[None]:
        """Store after each run of non-ASCII characters by how much the bytes exceed the code points."""
        more = 0
        for run in _NOT_ASCII.finditer(self.text):
            for index, character in enumerate(run[0], run.start()):
                start = index + more
                self._wide.append(index)
                self._bytes.append(start + 1)
                more += len(character.encode("utf-8", "surrogatepass")) - 1
                self._before.append(more)
                if len(self._wide) % _STEP == 0:
                    yield

    def offset(self, byte: int) -> int:
        """The offset in code points of a byte offset between two characters."""
        if not self._bytes:
            return byte
        known = bisect_right(self._bytes, byte)
        return byte - self._before[known - 1] if known else byte

    def byte(self, offset: int) -> int:
        """The byte offset of an offset in code points."""
        known = bisect_left(self._wide, offset)
        return offset + self._before[known - 1] if known else offset

    def span(self, node: Node) -> Span:
        """The span of a node in code points."""
        return Span(self.offset(node.start_byte), self.offset(node.end_byte))

    def source(self, node: Node) -> str:
        """A node's text."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "surrogatepass")

    @property
    def vocabulary(self) -> frozenset[bytes]:
        """The words of the text, each once, including those in comments and strings."""
        if self._vocabulary is None:
            found = frozenset(self.data.translate(_BLANK_BETWEEN_WORDS).split())  # faster than a pattern
            wide = () if self.data.isascii() else [word for word in found if not word.isascii()]
            self._vocabulary = found.union(*map(_ASCII_WORDS.findall, wide))
        return self._vocabulary

    def is_before(self, word: bytes, mark: re.Pattern[bytes]) -> bool:
        """Whether a word occurs somewhere directly before a mark."""
        return any(mark.match(self.data, start + len(word)) for start in self._starts(word))

    def words(self, word: str, within: Node | None = None, start: int = 0) -> Iterator[Node]:
        """The leaves that consist of `word`, from a byte on: names, and contents of strings; in order.

        Leaves that are nested too deeply are left out and counted.
        """
        leaves = self._leaves.get(word)
        if leaves is None:
            leaves = self._leaves[word] = self._all_leaves(word)
        if within is None:
            return iter(leaves)
        first, stop = bisect_left(leaves, max(within.start_byte, start), key=_start), within.end_byte
        return takewhile(lambda leaf: leaf.end_byte <= stop, islice(leaves, first, None))

    def siblings(self, parent: Node) -> Siblings:
        """The children of a node, listed once: a call or a comparison may have thousands."""
        return siblings(self._siblings, parent)

    def occurs(self, word: str, within: Node) -> bool:
        """Whether `words` yields a leaf inside a node; without looking at the rest of the text."""
        if word in self._leaves or self._deep_parts():
            return any(True for _ in self.words(word, within))
        sought = word.encode("utf-8", "surrogatepass")
        starts = self._found(sought, within.start_byte, within.end_byte)
        return any(self._leaf_at(start, start + len(sought)) is not None for start in starts)

    def is_alone(self, word: str) -> bool:
        """Whether `words` yields exactly one leaf."""
        known = self._leaves.get(word)
        if known is None and not self._deep_parts():
            known = list(islice(filter(None, self._leaves_of(word, self.hits)), 2))
        return len(list(self.words(word)) if known is None else known) == 1

    def _deep_parts(self) -> list[tuple[int, int]]:
        if self._deep is None:
            self._deep = too_deep(self.root)
        return self._deep

    def _all_leaves(self, word: str) -> list[Node]:
        if word not in self._frequent:
            return list(filter(None, self._leaves_of(word, self.hits)))
        leaves, hits = self._frequent.pop(word)
        for _, times in hits.counts:
            self.hits.count(NESTING, times)
        return leaves

    def _leaves_of(self, word: str, hits: Hits) -> Iterator[Node | None]:
        """The leaf at each occurrence of a word; None where the word is only a part of one, or too deep."""
        deep, sought = self._deep_parts(), word.encode("utf-8", "surrogatepass")
        for start in self._starts(sought):
            if deep and _is_in(deep, start):
                hits.count(NESTING)
                yield None
                continue
            yield self._leaf_at(start, start + len(sought))

    def _leaf_at(self, start: int, end: int) -> Node | None:
        """The leaf that starts and ends at these bytes."""
        leaf = self.root.descendant_for_byte_range(start, end)
        return leaf if leaf is not None and leaf.start_byte == start and leaf.end_byte == end else None

    def _starts(self, sought: bytes) -> Iterator[int]:
        """The offsets of a word that is not part of a longer one."""
        if not _WORDS.fullmatch(sought):
            return self._found(sought)
        if sought not in self.vocabulary and sought.isascii():
            return iter(())
        if len(self._leaves) < _MAX_SOUGHT:
            return self._found(sought)
        if self._places is None:
            self._places = self._all_places()
        return iter(self._places.get(sought, ()))

    def _all_places(self) -> dict[bytes, list[int]]:
        found: defaultdict[bytes, list[int]] = defaultdict(list)
        for word in _WORDS.finditer(self.data):
            found[word[0]].append(word.start())
        parts: set[bytes] = set()
        for wide in () if self.data.isascii() else [word for word in found if not word.isascii()]:
            for part in _ASCII_WORDS.finditer(wide):
                found[part[0]] += [start + part.start() for start in found[wide]]
                parts.add(part[0])
        for each in parts:
            found[each].sort()
        return found

    def _found(self, sought: bytes, start: int = 0, stop: int | None = None) -> Iterator[int]:
        data, size = self.data, len(sought)
        find, last = data.find, len(data)
        stop = last if stop is None else stop
        start = find(sought, start, stop) if sought else -1
        while start >= 0:
            end = start + size
            is_longer = (end < last and data[end] in _WORD) or (start and data[start - 1] in _WORD)
            if not is_longer:
                yield start
            start = find(sought, end, stop)


def _is_in(parts: list[tuple[int, int]], byte: int) -> bool:
    before = bisect_right(parts, (byte, 1 << 60)) - 1
    return before >= 0 and byte < parts[before][1]


def parse(text: str) -> PythonTree:
    """The tree of any text; an empty one if it is `refused`. Takes about 0.3 ms per kilobyte.

    Never raises.
    """
    return result(parsing(text))


def parsing(text: str) -> Generator[None, None, PythonTree]:
    """`parse` in steps of a few milliseconds."""
    tree = PythonTree(text)
    yield from tree.parsing()
    return tree


def named(node: Node) -> list[Node]:
    """The named children of a node, without comments."""
    return [child for child in node.named_children if child.type != "comment"]
