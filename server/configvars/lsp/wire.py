"""Messages on a pair of byte streams: the base protocol's headers, and nothing of what is inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

_LENGTH = re.compile(rb"content-length:\s*(\d+)\s*", re.IGNORECASE)


def read_messages(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the body of each message until the stream ends, be it in the middle of one.

    Header names are read in any case, and a header block without a length is passed over.
    """
    length: int | None = None
    while line := stream.readline():
        if line.strip():
            if found := _LENGTH.fullmatch(line):
                length = int(found[1])
        elif length is not None:
            body = stream.read(length)
            if len(body) < length:
                return
            length = None
            yield body
