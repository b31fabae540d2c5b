"""What changed on disk without a word, and what is not looked for."""

from __future__ import annotations

from pathlib import Path

from configvars.slices import finish
from configvars.workspace import Workspace
from configvars.workspace.again import changed_behind
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


def changed(workspace: Workspace, root: Path) -> list[str]:
    found = changed_behind(workspace, [str(root / "pkg/app.py")])
    return sorted(str(Path(path).relative_to(root)) for path in found if path)


def test_what_changed_came_and_went(tmp_path: Path) -> None:
    fixture(FILES).write(tmp_path)
    workspace = Workspace(str(tmp_path))
    finish(workspace.load())
    assert changed(workspace, tmp_path) == []
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
"""
    ).write(tmp_path)
    (tmp_path / ".env").unlink()
    expected = [".env", ".flaskenv", "names.py", "pkg/.env", "pkg/conf/local.conf"]
    assert changed(workspace, tmp_path) == expected
    for path in expected:
        workspace.changed_on_disk(str(tmp_path / path))
    assert changed(workspace, tmp_path) == []


def test_an_open_file_and_one_that_is_too_large_are_left(tmp_path: Path) -> None:
    fixture(FILES).write(tmp_path)
    large = tmp_path / "pkg/.env"
    large.write_text("A=" + "x" * 2_000_000)
    workspace = Workspace(str(tmp_path))
    finish(workspace.load())
    workspace.open(str(tmp_path / ".env"), "A=2\n")
    (tmp_path / ".env").write_text("A=333\n")
    assert changed(workspace, tmp_path) == []
