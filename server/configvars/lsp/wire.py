"""Reading and writing messages on byte streams, according to the base protocol of LSP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from configvars.patterns import lazy_pattern

MAX_LINE = 8 * 1024
"""The maximum number of bytes of a header line. Those of clients have about 60."""
MAX_BODY = 256 * 1024 * 1024
"""The maximum number of bytes of a message. Editors do not send documents above about 50 MB.

JSON adds to that.
"""

_LENGTH = lazy_pattern(rb"content-length:\s*(\d+)\s*", re.IGNORECASE)
_DIGITS = 20
_PIECE = 1024 * 1024


class NoMessageError(Exception):
    """The stream can no longer be split into messages."""


def read_messages(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the body of each message until the stream ends, even in the middle of a message.

    Header names are case-insensitive, and a header block without a length is skipped. Raises
    `NoMessageError` for a header or a body that is longer than any client's, for an invalid length, and for
    two different lengths.
    """
    length: int | None = None
    while line := stream.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise NoMessageError
        if line.strip():
            if found := _LENGTH.fullmatch(line):
                length = _length(found[1], length)
            elif b"content-length" in line.lower():  # its body would be taken for the headers of what follows
                raise NoMessageError
        elif length is not None:
            body = _read(stream, length)
            if len(body) < length:
                return
            length = None
            yield body


def _length(digits: bytes, before: int | None) -> int:
    """The length in a header; `before` is the one in an earlier header of the same message."""
    if len(digits) > _DIGITS:  # Python refuses to convert thousands of them
        raise NoMessageError
    length = int(digits)
    if length > MAX_BODY or before not in (None, length):
        raise NoMessageError
    return length


def _read(stream: BinaryIO, length: int) -> bytes:
    """Read `length` bytes, or fewer at the end; memory is allocated for received, not for announced bytes."""
    pieces: list[bytes] = []
    while length and (piece := stream.read(min(length, _PIECE))):
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
