"""What keeps the native parser from ending this process, or from holding it up for ever.

tree-sitter is written in C, and it reads what anybody has written. docs/native-parser.md tells what is known
of its faults, and how they were looked for.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from typing import Protocol

from tree_sitter import Parser, Tree

MAX_INDENTS = 256
"""Different indentations in one file. The scanner of tree-sitter-python keeps one for each open block, of two
bytes, in a buffer of 1024 bytes that also holds up to 257 others; from the 384th on it can write behind the
buffer. Python itself refuses the 101st."""
_QUICK = 8 * 1024
"""A text of so many bytes takes a second at the most, whatever it is."""
_SECONDS, _SECONDS_A_BYTE = 1.0, 2.0 / 1024**2
"""Time of the processor that a parse may take; a text of the usual kind takes a tenth of it."""
_LOOKS = 16
"""The parser asks every hundred steps whether to go on; the clock is looked at each time so many of them."""
_MORE_THAN_SPACES = (b"\t", b"\f", b"\\\n", b"\\\r")
"""What an indentation holds besides spaces. Without it, lines that begin with fewer than `MAX_INDENTS` spaces
have no more than that many indentations."""
_INDENTED = re.compile(rb"(?:\A|\n)([ \t\f\r]*(?:\\\r?\n[ \t\f\r]*)*)")


class TooSlowError(Exception):
    """A text that takes the parser too long."""


class Watch(Protocol):
    """Is told which file the native code has at hand, so that a crash can be laid at its door."""

    def begin(self, path: str) -> None:
        """A file is taken up."""

    def end(self) -> None:
        """It has been put down."""


_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)
_AT_HAND: ContextVar[str | None] = ContextVar("at_hand", default=None)


@contextmanager
def watched_by(watch: Watch) -> Iterator[None]:
    """Have somebody told of the files at hand, in this context and those begun in it."""
    token = _WATCH.set(watch)
    try:
        yield
    finally:
        _WATCH.reset(token)


@contextmanager
def at_hand(path: str) -> Iterator[None]:
    """Say that native code works on a file while the block runs."""
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


def refusal(data: bytes) -> str | None:
    """Why the parser is not given a text, in words that can stand behind its path; None where it may be."""
    if not any(sign in data for sign in _MORE_THAN_SPACES) and b" " * MAX_INDENTS not in data:
        return None
    widths: set[int] = set()
    for blanks in set(_INDENTED.findall(data)):
        widths.add(_width(blanks))
        if len(widths) > MAX_INDENTS:
            return f"has more than {MAX_INDENTS} different indentations"
    return None


def parse(parser: Parser, data: bytes) -> Tree:
    """The tree of a text that is not refused. Raises `TooSlowError`."""
    if len(data) <= _QUICK:
        return parser.parse(data)
    until, calls = time.thread_time() + time_for(data), count(1)
    source = _Source(data)
    try:
        return parser.parse(
            source, progress_callback=lambda *_: next(calls) % _LOOKS == 0 and time.thread_time() > until
        )
    except ValueError:
        raise TooSlowError from None
    finally:
        source.view = None


class _Source:
    """A text as the parser asks for it; it never lets go of what it is given (tree-sitter 0.26).

    While it parses it is given views of one room for all texts, or each version of each text would be kept.
    What asks a node for its text later reads it here, too, and takes bytes alone.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.view: memoryview | None = _SCRATCH.copy(data)

    def __call__(self, offset: int, _: object) -> memoryview | bytes:
        return self._data[offset:] if self.view is None else self.view[offset:]


class _Scratch(threading.local):
    """Room for the text that is being parsed, used again for the next one."""

    def __init__(self) -> None:
        self._room = bytearray()

    def copy(self, data: bytes) -> memoryview:
        """A text, as long as no other is put in its place."""
        if len(self._room) < len(data):
            self._room = bytearray(2 * len(data))
        view = memoryview(self._room)[: len(data)]
        view[:] = data
        return view


_SCRATCH = _Scratch()


def time_for(data: bytes) -> float:
    """The seconds that parsing a text may take."""
    return _SECONDS + len(data) * _SECONDS_A_BYTE


def _width(blanks: bytes) -> int:
    """How far the scanner takes a line to be indented: a line that goes on behind a backslash counts on."""
    since = max(blanks.rfind(b"\f"), blanks.rfind(b"\r")) + 1
    return blanks.count(b" ", since) + 8 * blanks.count(b"\t", since)
