"""Only regular files are read. Anything else at a path is reported, and reading never blocks."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from configvars.workspace.reading import NO_STAMP, Unread, decode, read_bytes


def kind_of(path: Path | str) -> str:
    found = read_bytes(str(path), None, 1024)
    assert isinstance(found, Unread)
    return found.kind


def test_files_that_are_not_regular_files(tmp_path: Path) -> None:
    pipe, server, link = tmp_path / "pipe", tmp_path / "socket", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(server))
        assert [kind_of(path) for path in (pipe, server, link, "/dev/null", "/dev/zero", tmp_path)] == [
            "pipe",
            "device",
            "device",
            "device",
            "device",
            "folder",
        ]


def test_an_unknown_encoding_in_code() -> None:
    found = decode("é".encode("latin-1"), NO_STAMP, python=False, encodings=("no\0such", "hex", "no-such"))
    assert isinstance(found, Unread)
    assert found.kind == "encoding"
