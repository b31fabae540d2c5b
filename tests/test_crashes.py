"""If native code crashes, the file that was being analysed is blamed, and no other."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from configvars.crashes import Note, blamed, is_left_alone, noting
from support.forked import run_python

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="notes are locked differently there")

ENDING = """
import ctypes, faulthandler, os, signal, sys
from pathlib import Path
from configvars.crashes import noting
state, path, how = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
with noting(state) as note:
    faulthandler.enable(note.report)
    note.begin(path + "-before")
    note.end()
    if how != "idle":
        note.begin(path)
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    ctypes.string_at(0) if how in ("crash", "idle") else os.abort()
"""


def end(state: Path, path: Path, how: str) -> int:
    """Start a process that ends in some way while it is analysing a file."""
    argv = ("-c", ENDING, str(state), str(path), how)
    prepared = ("ctypes", "configvars.crashes")
    return run_python(*argv, cwd=path.parent, env=os.environ, prepared=prepared).returncode


def notes(state: Path) -> list[Path]:
    return list(state.glob("analysing-*"))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "żółć \n.py"
    path.write_text("x")
    return path


@pytest.mark.parametrize(("how", "number"), [("crash", signal.SIGSEGV), ("abort", signal.SIGABRT)])
def test_the_file_of_a_crash_is_skipped_until_it_changes(
    state: Path, file: Path, how: str, number: signal.Signals
) -> None:
    assert end(state, file, how) == -number
    assert len(notes(state)) == 1
    for _ in range(2):
        found = blamed(state)
        assert list(found) == [str(file)]
        assert is_left_alone(str(file), found)
        assert notes(state) == []
    file.write_text("another")
    assert not is_left_alone(str(file), found)
    assert blamed(state) == {}


@pytest.mark.parametrize("how", ["killed", "idle"])
def test_a_killed_process_blames_no_file(state: Path, file: Path, how: str) -> None:
    assert end(state, file, how) < 0
    assert blamed(state) == {}
    assert notes(state) == []


def test_a_removed_file_is_forgotten(state: Path, file: Path) -> None:
    end(state, file, "crash")
    file.unlink()
    assert blamed(state) == {}


def test_the_note_of_a_running_process_stays(state: Path) -> None:
    with noting(state) as note:
        assert isinstance(note, Note)
        note.begin("/x.py")
        note.report.write(b"a report")
        note.report.flush()
        assert blamed(state) == {}
        assert len(notes(state)) == 1
    assert notes(state) == []


def test_without_write_permission_there_is_no_note(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with noting(tmp_path / "file") as note:
        assert note is None
    assert blamed(tmp_path / "file") == {}


@pytest.mark.parametrize("data", [b"", b"x", b"\xff" * 9000, b"\0" * 9000, b"\x05" + b"\0" * 7 + b"a\0b"])
def test_an_invalid_note_is_removed(state: Path, data: bytes) -> None:
    state.mkdir()
    (state / "analysing-1-x").write_bytes(data)
    (state / "left-alone.json").write_bytes(data)
    assert blamed(state) == {}
    assert notes(state) == []


def test_a_path_that_is_too_long_for_the_note_is_not_noted(state: Path) -> None:
    with noting(state) as note:
        assert note is not None
        note.begin("/" + "x" * 100_000)
        note.end()
