"""A file is replaced while another program changes it: what that program writes is never lost."""

from __future__ import annotations

import errno
import os
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from configvars.workspace import WriteRefused, exchange, writing
from configvars.workspace.writing import replace
from support.parts import missing

OLD, NEW = "SECRET=canary-old\n", "SECRET=canary-new\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / ".env"
    path.write_text(OLD)
    return path


@pytest.fixture
def exchanges(tmp_path: Path) -> None:
    """A file system that can swap two files in one step."""
    for name in "ab":
        (tmp_path / name).touch()
    can = exchange.exchange(str(tmp_path / "a"), str(tmp_path / "b"))
    for name in "ab":
        (tmp_path / name).unlink()
    if not can and sys.platform == "win32":
        pytest.skip("Windows cannot swap two files")
    if not can:
        missing("a file system that can swap two files", "choose one with `--basetemp`")


def at_the_last_moment(monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> None:
    """Let another program change the file when it has been compared, right before it is replaced."""
    real, waiting = exchange.exchange, [change]

    def swap(one: str, other: str) -> bool:
        if waiting:
            waiting.pop()()
        return real(one, other)

    monkeypatch.setattr(writing, "exchange", swap)


def append(path: Path) -> None:
    with path.open("a") as file:
        file.write("ADDED=1\n")


def save(path: Path) -> None:
    """Save as most editors do: a new file in place of the old one."""
    path.with_name("new").write_text("SAVED=1\n")
    path.with_name("new").replace(path)


def save_the_same(path: Path) -> None:
    path.with_name("new").write_text(OLD)
    path.with_name("new").replace(path)


def link(path: Path) -> None:
    path.rename(path.with_name("real"))
    path.symlink_to("real")


@pytest.mark.usefixtures("exchanges")
@pytest.mark.parametrize(
    ("change", "after"),
    [(append, f"{OLD}ADDED=1\n"), (save, "SAVED=1\n"), (save_the_same, OLD), (link, OLD)],
)
def test_a_change_at_the_last_moment_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], after: str
) -> None:
    at_the_last_moment(monkeypatch, lambda: change(path))
    with pytest.raises(WriteRefused, match="has changed in the meantime"):
        replace(str(path), str(path.parent), OLD, NEW)
    assert path.read_text() == after
    assert path.is_symlink() == (change is link)
    assert [name for name in os.listdir(path.parent) if "configvars" in name] == []


@pytest.mark.usefixtures("exchanges")
@pytest.mark.parametrize(
    ("change", "after"),
    [
        (append, f"{OLD}ADDED=1\nADDED=1\n"),
        (save, "SAVED=1\n"),
        (link, NEW),
        (Path.unlink, f"{OLD}ADDED=1\n"),
    ],
)
def test_what_changes_the_new_file_before_the_old_one_is_put_back_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], after: str
) -> None:
    """Another program adds a line before the files are swapped, and changes the new one afterwards."""
    at_the_last_moment(monkeypatch, lambda: append(path))
    real = writing.read_text

    def change_the_new_file(at: str, *rest: Any, **options: Any) -> object:
        if not path.is_symlink() and path.read_text() == NEW:
            change(path)
        return real(at, *rest, **options)

    monkeypatch.setattr(writing, "read_text", change_the_new_file)
    with pytest.raises(WriteRefused, match="has changed in the meantime"):
        replace(str(path), str(path.parent), OLD, NEW)
    assert path.read_text() == after
    assert path.is_symlink() == (change is link)


@pytest.mark.usefixtures("exchanges")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can tell who writes to a file")
def test_what_a_program_writes_that_has_the_file_open_stays(path: Path) -> None:
    with path.open("a") as other:
        with pytest.raises(WriteRefused, match="has changed in the meantime"):
            replace(str(path), str(path.parent), OLD, NEW)
        other.write("ADDED=1\n")
    assert path.read_text() == f"{OLD}ADDED=1\n"
    with path.open() as reader:
        replace(str(path), str(path.parent), f"{OLD}ADDED=1\n", NEW)
        assert reader.read() == f"{OLD}ADDED=1\n"
    assert path.read_text() == NEW


def test_a_network_file_system(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of Linux cannot swap files, and refuse a lease for a file that nobody writes to."""
    monkeypatch.setattr(writing, "exchange", lambda one, other: False)
    monkeypatch.setattr(writing, "is_being_written", lambda path: True)
    replace(str(path), str(path.parent), OLD, NEW)
    assert (path.read_text(), os.listdir(path.parent)) == (NEW, [".env"])


@pytest.mark.parametrize(
    ("change", "after"),
    [(append, f"{OLD}ADDED=1\n"), (save, "SAVED=1\n"), (save_the_same, OLD), (link, OLD)],
)
def test_without_swapping_a_change_while_the_new_file_is_written_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], after: str
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: change(path))
    monkeypatch.setattr(writing, "exchange", lambda one, other: False)
    inode = path.stat().st_ino
    with pytest.raises(WriteRefused, match="has changed in the meantime"):
        replace(str(path), str(path.parent), OLD, NEW)
    assert path.read_text() == after
    assert (path.stat().st_ino == inode) == (change in (append, link))


leases = pytest.mark.skipif(not hasattr(exchange.fcntl, "F_SETLEASE"), reason="only Linux has leases")


@leases
def test_who_writes_to_the_file_of_another_user_is_not_known(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel tells it only to the owner of a file."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "")

    monkeypatch.setattr(exchange.fcntl, "fcntl", refuse)
    replace(str(path), str(path.parent), OLD, NEW)
    assert path.read_text() == NEW


@leases
def test_the_signal_about_a_program_that_opens_the_file_ends_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = exchange.fcntl.fcntl
    received: list[int] = []

    def call(descriptor: int, command: int, argument: int) -> int:
        if (command, argument) == (exchange.fcntl.F_SETLEASE, exchange.fcntl.F_UNLCK):
            with pytest.raises(BlockingIOError):
                os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        return real(descriptor, command, argument)

    monkeypatch.setattr(exchange.fcntl, "fcntl", call)
    kinds = (signal.SIGIO, signal.SIGURG)
    before = [signal.signal(kind, lambda number, _: received.append(number)) for kind in kinds]
    try:
        exchange.is_being_written(str(path))
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)
    assert received == [signal.SIGURG]  # ignored by default, unlike SIGIO


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """An access control list as Linux stores it: kind, rights and id of each entry."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


NOBODY = 0xFFFFFFFF
# One user may read the file, and its group may not; the mode says 0640.
FOR_ONE_USER = access_list((1, 6, NOBODY), (2, 4, 1234), (4, 0, NOBODY), (16, 4, NOBODY), (32, 0, NOBODY))


def give(path: Path, name: str, value: bytes) -> None:
    if not hasattr(os, "setxattr"):
        pytest.skip("Python has no such attributes here")
    try:
        os.setxattr(path, name, value)
    except OSError:
        missing("a file system with access control lists", "choose one with `--basetemp`")


def test_the_access_control_list_stays(path: Path) -> None:
    """Without it, the mode would let the group read the file."""
    give(path, "system.posix_acl_access", FOR_ONE_USER)
    give(path, "user.tag", b"x")
    replace(str(path), str(path.parent), OLD, NEW)
    assert path.read_text() == NEW
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.getxattr(path, "system.posix_acl_access") == FOR_ONE_USER
    assert os.getxattr(path, "user.tag") == b"x"


def test_a_file_without_an_access_control_list_does_not_get_that_of_its_folder(path: Path) -> None:
    """With it, the mode of the file would let one more user read it."""
    path.chmod(0o640)
    give(path.parent, "system.posix_acl_default", FOR_ONE_USER)
    replace(str(path), str(path.parent), OLD, NEW)
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listxattr(path) == []


def test_a_file_whose_access_control_list_cannot_be_copied_is_not_replaced(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other attributes matter less."""
    give(path, "user.tag", b"x")

    def refuse(*_: object, **__: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(os, "setxattr", refuse)
        replace(str(path), str(path.parent), OLD, NEW)
    give(path, "system.posix_acl_access", FOR_ONE_USER)
    monkeypatch.setattr(os, "setxattr", refuse)
    with pytest.raises(WriteRefused, match="could not be replaced"):
        replace(str(path), str(path.parent), NEW, OLD)
    assert path.read_text() == NEW
