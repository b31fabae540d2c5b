from __future__ import annotations

import io
import os
import tracemalloc

import pytest

from configvars.lsp.wire import MAX_BODY, MAX_LINE, NoMessageError, read_messages


@pytest.mark.parametrize(
    ("stream", "bodies"),
    [
        (b"", []),
        (b"Content-Length: 5\r\n\r\n{", []),
        (b"Content-Length: 2\r\n", []),
        (b"nonsense\r\n\r\n", []),
        (b"X: x\r\n\r\nContent-Length: 2\r\n\r\n{}", [b"{}"]),
        (b"Content-Length: 2\r\n\r\n{}", [b"{}"]),
        (b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", [b"{}"]),
        (b"content-length:2\r\n\r\n{}", [b"{}"]),
        (
            b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH:  2 \r\n\r\n{}",
            [b"{}"],
        ),
        (b"Content-Length: 0\r\n\r\nContent-Length: 1\r\n\r\n1", [b"", b"1"]),
        (b"Content-Length: 4\r\n\r\n\r\n\r\nContent-Length: 1\r\n\r\n1", [b"\r\n\r\n", b"1"]),
    ],
)
def test_bodies_of_a_stream(stream: bytes, bodies: list[bytes]) -> None:
    assert list(read_messages(io.BytesIO(stream))) == bodies


@pytest.mark.parametrize(
    "stream",
    [
        b"Content-Length: %d\r\n\r\n{}" % (MAX_BODY + 1),
        b"Content-Length: 1000000000000\r\n\r\n{}",
        b"Content-Length: %s\r\n\r\n{}" % (b"9" * 5000),
        b"Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}  ",
        b"Content-Length: -5\r\n\r\n{}",
        b"Content-Length: x\r\n\r\n{}",
        b"Content-Length: 1_0\r\n\r\n{}",
        b"Content-Length : 2\r\n\r\n{}",
        b"X: 1\r\n\r\n{}Content-Length: 2\r\n\r\n{}",
        b"x" * MAX_LINE,
        b"X: %s\r\n\r\n" % (b"y" * MAX_LINE),
    ],
)
def test_messages_that_no_client_sends_are_not_read(stream: bytes) -> None:
    with pytest.raises(NoMessageError):
        list(read_messages(io.BytesIO(stream)))


def test_memory_is_allocated_only_for_received_bytes() -> None:
    reader, writer = os.pipe()  # unlike a BytesIO, a pipe does not know how much is left
    os.write(writer, b"Content-Length: %d\r\n\r\n{}" % MAX_BODY)
    os.close(writer)
    with open(reader, "rb") as stream:  # noqa: PTH123 -- a descriptor, not a path
        tracemalloc.start()
        assert list(read_messages(stream)) == []
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < MAX_BODY // 10


def test_a_body_in_pieces_is_assembled() -> None:
    body = bytes(range(256)) * 10_000
    assert list(read_messages(io.BytesIO(b"Content-Length: %d\r\n\r\n" % len(body) + body))) == [body]
