from __future__ import annotations

import io

import pytest

from configvars.lsp.wire import read_messages


@pytest.mark.parametrize(
    ("stream", "bodies"),
    [
        (b"", []),
        (b"Content-Length: 5\r\n\r\n{", []),
        (b"Content-Length: 2\r\n", []),
        (b"nonsense\r\n\r\n", []),
        (b"Content-Length: x\r\n\r\nContent-Length: 2\r\n\r\n{}", [b"{}"]),
        (b"Content-Length: 2\r\n\r\n{}", [b"{}"]),
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
