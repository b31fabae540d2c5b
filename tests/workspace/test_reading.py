"""Only regular files are read. Anything else at a path is reported, and reading never blocks."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from configvars.workspace.reading import NO_STAMP, Unread, decode, links_on, read_bytes


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
            "nothing",
            "nothing",
            "nothing",
            "device",
            "folder",
        ]


def test_paths_at_which_nothing_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    paths = (tmp_path / "gone", tmp_path / "file" / "below", tmp_path / ("x" * 300), "nul\0byte")
    assert [kind_of(path) for path in paths] == ["missing", "error", "error", "error"]


def test_links(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "file").write_text("x")
    for name, target in {
        "to a file": outside / "file",
        "to nothing": Path("../gone"),
        "to nothing from the root": outside / "gone",
        "to itself": inside / "to itself",
        "to a folder": outside,
    }.items():
        (inside / name).symlink_to(target)

    def why(name: str, root: Path | None) -> str:
        found = read_bytes(str(inside / name), None if root is None else str(root), 1024)
        return f"{found.kind}: {found.why}" if isinstance(found, Unread) else found[0].decode()

    beyond = "leads outside of the project"
    assert [why("to a folder/file", root) for root in (inside, tmp_path, None)] == [
        f"outside: is behind a symbolic link that {beyond}",
        "x",
        "x",
    ]
    assert [why("to a file", root) for root in (inside, tmp_path, None)] == [
        f"outside: is a symbolic link that {beyond}",
        "x",
        "x",
    ]
    assert why("to a folder", tmp_path) == "folder: is a folder"
    assert why("to nothing", None) == "dead link: is a symbolic link to ../gone, which does not exist"
    gone = f"dead link: is a symbolic link to {outside / 'gone'}, which does not exist"
    assert why("to nothing from the root", None) == gone
    assert why("to itself", inside) == "dead link: is a symbolic link that leads back to itself"


def test_the_limit(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 1024)
    for limit, expected in ((1023, "large"), (1024, 1024), (1025, 1024)):
        found = read_bytes(str(tmp_path / "file"), str(tmp_path), limit)
        assert (found.kind if isinstance(found, Unread) else len(found[0])) == expected


def test_an_unknown_encoding_in_code() -> None:
    found = decode("é".encode("latin-1"), NO_STAMP, python=False, encodings=("no\0such", "hex", "no-such"))
    assert isinstance(found, Unread)
    assert found.kind == "encoding"


@pytest.mark.parametrize(
    ("links", "way"),
    [
        ({}, []),
        ({"a": "b"}, ["a"]),
        ({"a": "b", "b": "c"}, ["a", "b"]),
        ({"a": "there/../b", "there": ".", "b": "c"}, ["a", "there"]),
        ({"a": "there/there/b", "there": ".", "b": "c"}, ["a", "there", "b"]),
        ({"a": "b", "b": "a"}, ["a", "b"]),
        ({"a": "a"}, ["a"]),
        ({"a": "nothing"}, ["a"]),
    ],
)
def test_links_on_the_way(links: dict[str, str], way: list[str], tmp_path: Path) -> None:
    for link, target in links.items():
        (tmp_path / link).symlink_to(target)
    assert [os.path.basename(link) for link in links_on(str(tmp_path / "a"))] == way
