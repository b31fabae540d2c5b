"""Protects this process from crashes and endless loops of the native parser.

tree-sitter is written in C and parses untrusted text. docs/native-parser.md lists its known defects, and how
they were looked for.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from typing import Protocol

from tree_sitter import Parser, Tree

from configvars.limits import CONTINUATIONS, INDENTS, NAMED_CHARACTERS, beyond
from configvars.patterns import lazy_pattern

_QUICK = 8 * 1024
"""Any text up to this number of bytes is parsed in at most a second."""
_SECONDS, _SECONDS_A_BYTE = 1.0, 2.0 / 1024**2
"""The processor time, in seconds, that a parse may take; usual text takes a tenth of it."""
_LOOKS = 64
"""The parser calls back every hundred steps, and is stopped after this many calls: some five milliseconds.

Calls are counted, not timed, because the tree of a text with errors may depend on where parsing stops.
"""
_LINES = 64 * 1024
"""Bytes of whole lines that are searched at once for indentations."""
_PIECE = 4096
"""Bytes of the text that the parser gets at once."""
_MORE_THAN_SPACES = (b"\t", b"\f", b"\\\n", b"\\\r")
"""What an indentation contains besides spaces. Without these, lines that begin with fewer than `INDENTS`
spaces have no more than that many indentations."""
_INDENTED = lazy_pattern(rb"(?:\A|\n)([ \t\f\r]*(?:\\\r?\n[ \t\f\r]*)*)")
_COMMENTED = lazy_pattern(rb"\n#[^\n]*")
_UNFINISHED_NAME = lazy_pattern(rb"\\N\{[^}]{0,100}+(?!\})")
"""The longest name of a character has 88 letters."""


class TooSlowError(Exception):
    """Parsing a text takes too long."""


class Watch(Protocol):
    """Gets the file that the native code is working on, so that a crash can be attributed to it."""

    def begin(self, path: str) -> None:
        """Note that the work on a file starts."""

    def end(self) -> None:
        """Note that it has ended."""


_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)
_AT_HAND: ContextVar[str | None] = ContextVar("at_hand", default=None)


@contextmanager
def watched_by(watch: Watch) -> Iterator[None]:
    """Use a watch in this context and in those started from it."""
    token = _WATCH.set(watch)
    try:
        yield
    finally:
        _WATCH.reset(token)


@contextmanager
def at_hand(path: str) -> Iterator[None]:
    """Inform the watch that native code works on a file while the block runs."""
    watch = _WATCH.get()
    if watch is None:
        yield
        return
    outer = _AT_HAND.set(path)
    watch.begin(path)
    try:
        yield
    finally:
        _AT_HAND.reset(outer)
        if (before := _AT_HAND.get()) is None:
            watch.end()
        else:
            watch.begin(before)


def refusal(data: bytes) -> Generator[None, None, str | None]:
    """Why a text must not be parsed, in words that can follow its path; None if it may be. In slices."""
    for limit, what, is_beyond in (
        (INDENTS, "different indentations", _has_many_indentations),
        (CONTINUATIONS, "empty lines that end with a backslash, one after another", _has_long_continuations),
        (NAMED_CHARACTERS, r"\N{ without an end", _has_unfinished_names),
    ):
        if (yield from is_beyond(data)):
            beyond(limit)
            return f"has more than {limit.most} {what}"
    return None


def _has_many_indentations(data: bytes) -> Generator[None, None, bool]:
    """Whether the scanner of tree-sitter-python might write beyond its buffer.

    It stores two bytes for each open block, in a buffer of 1024 bytes that also contains up to 257 others.
    Python itself rejects the 101st.
    """
    if not any(sign in data for sign in _MORE_THAN_SPACES) and b" " * INDENTS.most not in data:
        return False
    widths: set[int] = set()
    for start, end in _pieces(data):
        for blanks in set(_INDENTED.findall(data, start, end)):
            widths.add(_width(blanks))
            if len(widths) > INDENTS.most:
                return True
        if end < len(data):
            yield
    return False


def _pieces(data: bytes) -> Iterator[tuple[int, int]]:
    """Where a text can be cut: before line endings that no backslash continues."""
    start, end = 0, 0
    while end < len(data):
        end = data.find(b"\n", end + _LINES)
        while end > 0 and data.endswith((b"\\", b"\\\r"), 0, end):
            end = data.find(b"\n", end + 1)
        end = len(data) if end < 0 else end
        yield start, end
        start = end


def _has_long_continuations(data: bytes) -> Generator[None, None, bool]:
    """Whether lines with only a backslash follow each other: from each, the scanner reads on to the last."""
    if data.count(b"\\\n") + data.count(b"\\\r") <= CONTINUATIONS.most:
        return False
    code = data.translate(None, b" \t\f\r")
    yield
    code = _COMMENTED.sub(b"", code) if b"\n#" in code else code
    while b"\n\n" in code:
        yield
        code = code.replace(b"\n\n", b"\n")
    return b"\n" + b"\\\n" * (CONTINUATIONS.most + 1) in b"\n" + code


def _has_unfinished_names(data: bytes) -> Generator[None, None, bool]:
    r"""Whether there are many `\N{` that the lexer reads on from to the next `}`."""
    yield from ()
    return b"\\N{" in data and len(_UNFINISHED_NAME.findall(data)) > NAMED_CHARACTERS.most


def parsing(parser: Parser, data: bytes) -> Generator[None, None, Tree]:
    """The tree of a text that was not refused, in steps of a few milliseconds. Raises `TooSlowError`."""
    if len(data) <= _QUICK:
        return parser.parse(data)
    source, left = _Source(data), time_for(data)
    while left > 0:
        begun = time.thread_time()
        if (tree := source.parsed_on(parser, begun + left)) is not None:
            return tree
        left -= time.thread_time() - begun
        yield
    raise TooSlowError


class _Source:
    """A text, which the parser requests piece by piece, again for each slice.

    The parser never releases the objects it gets (tree-sitter 0.26), so it gets the same few views of one
    buffer again and again. Reading the text of a node later calls this, too, and accepts only bytes.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._is_parsed = False

    def __call__(self, offset: int, _: object) -> memoryview | bytes:
        return _SCRATCH.piece(self._data, offset) if self._is_parsed else self._data[offset:]

    def parsed_on(self, parser: Parser, until: float) -> Tree | None:
        """The tree if the parser has finished; None if it has stopped, at the latest at a processor time."""
        looks = count(1)
        self._is_parsed = True
        try:
            return parser.parse(
                self, progress_callback=lambda *_: next(looks) >= _LOOKS or time.thread_time() > until
            )
        except ValueError:  # stopped; the next call continues from there
            return None
        finally:
            self._is_parsed = False


class _Scratch(threading.local):
    """A buffer for the text that is being parsed, reused for the next one."""

    def __init__(self) -> None:
        self._room = bytearray(_PIECE)
        self._views: dict[int, memoryview] = {}

    def piece(self, data: bytes, offset: int) -> memoryview:
        """A view of a text, valid until the next call."""
        piece = data[offset : offset + _PIECE]
        size = len(piece)
        self._room[:size] = piece
        if size not in self._views:
            self._views[size] = memoryview(self._room)[:size]
        return self._views[size]


_SCRATCH = _Scratch()


def time_for(data: bytes) -> float:
    """The seconds that parsing a text may take."""
    return _SECONDS + len(data) * _SECONDS_A_BYTE


def _width(blanks: bytes) -> int:
    """The indentation of a line for the scanner; it counts on in a line after a line continuation."""
    since = max(blanks.rfind(b"\f"), blanks.rfind(b"\r")) + 1
    return blanks.count(b" ", since) + 8 * blanks.count(b"\t", since)
