"""Changes on disk that no event reported, and folders that are not searched for them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.slices import finish
from configvars.workspace import Workspace
from configvars.workspace.unreported_changes import UnreportedChanges
from support.fixtures import fixture

FILES = """\
-- pkg/app.py --
import os, names
from dotenv import load_dotenv
load_dotenv("conf/local.conf")
os.environ[names.FOUR]
-- names.py --
FOUR = "ONE"
-- .env --
A=1
-- other/app.py --
import os
os.environ["A"]
"""


def changed(again: UnreportedChanges, root: Path) -> list[str]:
    found = again.changed()
    return sorted(str(Path(path).relative_to(root)) for path in found if path)


def opened(root: Path, files: str) -> tuple[Workspace, UnreportedChanges]:
    fixture(files).write(root)
    workspace = Workspace(str(root))
    finish(workspace.load())
    return workspace, UnreportedChanges(workspace)


def long_ago(root: Path) -> None:
    """Set an old modification time on all folders, so that what is known about them is reused."""
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
        os.utime(folder, (1, 1))


def test_changed_added_and_removed_files(tmp_path: Path) -> None:
    workspace, again = opened(tmp_path, FILES)
    long_ago(tmp_path)
    assert changed(again, tmp_path) == []
    assert changed(again, tmp_path) == []
    fixture(
        """\
-- names.py --
FOUR = "THREE"
-- .flaskenv --
B=1
-- pkg/.env --
C=1
-- pkg/conf/local.conf --
D=1
-- pkg/notes.odt --
nothing that is read
-- other/.env --
far from what is open
-- new/below/app.py --
import os
-- new/node_modules/.env --
E=1
"""
    ).write(tmp_path)
    (tmp_path / ".env").unlink()
    (tmp_path / "other/.flaskenv").symlink_to("nowhere")
    (tmp_path / "pkg/.env.local").symlink_to(".env.local")
    expected = [
        *(".env", ".flaskenv", "names.py", "new/below/app.py", "other/.env", "other/.flaskenv", "pkg/.env"),
        *("pkg/.env.local", "pkg/conf/local.conf"),
    ]
    assert changed(again, tmp_path) == expected
    for path in expected:
        workspace.changed_on_disk(str(tmp_path / path))
    assert changed(again, tmp_path) == []


def test_folders_without_changes_are_not_listed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, again = opened(tmp_path, FILES)
    long_ago(tmp_path)
    assert changed(again, tmp_path) == []
    listings: list[object] = []
    scandir = os.scandir

    def noted(path: str) -> object:
        listings.append(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", noted)
    assert changed(again, tmp_path) == []
    assert listings == []
    (tmp_path / "other/.env").write_text("A=1\n")
    assert changed(again, tmp_path) == ["other/.env"]
    assert listings == [str(tmp_path / "other")]


def test_open_and_unreadable_files_are_not_reported(tmp_path: Path) -> None:
    workspace, again = opened(
        tmp_path, f"{FILES}-- pkg/.env --\nA={'x' * 2_000_000}\n-- other/.env as utf-16 --\nA=1\n"
    )
    workspace.open(str(tmp_path / ".env"), "A=2\n")
    (tmp_path / ".env").write_text("A=333\n")
    assert changed(again, tmp_path) == []
    (tmp_path / "pkg/.env").write_text("A=1\n")
    (tmp_path / "other/.env").write_text("A=1\n")
    assert changed(again, tmp_path) == ["other/.env", "pkg/.env"]
