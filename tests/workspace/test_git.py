"""Which of git's files are read: regular files of a size that git's files have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.workspace import git
from configvars.workspace.git import read_git_file


def test_a_file_that_does_not_exist(tmp_path: Path) -> None:
    assert read_git_file(str(tmp_path / "config")) is None
    (tmp_path / "file").write_text("x")
    assert read_git_file(str(tmp_path / "file" / "config")) is None


def test_a_regular_file(tmp_path: Path) -> None:
    (tmp_path / "config").write_bytes(b"[core]\n")
    assert read_git_file(str(tmp_path / "config")) == b"[core]\n"


def test_what_git_would_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "_MAX_SIZE", 10)
    (tmp_path / "large").write_bytes(b"x" * 11)
    paths = [str(tmp_path / "large"), "no\0path"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        paths += [str(tmp_path / "pipe"), "/dev/null"]
    for path in paths:
        with pytest.raises(OSError, match="not a"):
            read_git_file(path)
