"""Messages on a pair of byte streams: the base protocol's headers, and nothing of what is inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

MAX_LINE = 8 * 1024
"""Bytes of a header line. A client's have some 60; whatever sends more is no client."""
MAX_BODY = 256 * 1024 * 1024
"""Bytes of a message. Editors hold back a document of more than some 50 MB, which JSON can make longer."""

_LENGTH = re.compile(rb"content-length:\s*(\d+)\s*", re.IGNORECASE)
_PIECE = 1024 * 1024


class NoMessageError(Exception):
    """What the stream holds cannot be parted into messages any more."""


def read_messages(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the body of each message until the stream ends, be it in the middle of one.

    Header names are read in any case, and a header block without a length is passed over. Raises
    `NoMessageError` for a header or a body that is longer than any client's.
    """
    length: int | None = None
    while line := stream.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise NoMessageError
        if line.strip():
            if found := _LENGTH.fullmatch(line):
                length = _length(found[1])
        elif length is not None:
            body = _read(stream, length)
            if len(body) < length:
                return
            length = None
            yield body


def _length(digits: bytes) -> int:
    length = int(digits)
    if length > MAX_BODY:
        raise NoMessageError
    return length


def _read(stream: BinaryIO, length: int) -> bytes:
    """So many bytes, fewer at the end; memory is taken for those that have come, not for those announced."""
    pieces: list[bytes] = []
    while length and (piece := stream.read(min(length, _PIECE))):
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)
