"""Edits are made only in the text that was analysed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from configvars.actions.analysed import analysed_text
from configvars.slices import finish
from configvars.workspace import Workspace, WriteRefused

CHANGES: dict[str, Callable[[Path], object]] = {
    "longer": lambda path: path.write_text("B=2\nA=1\n"),
    "as long": lambda path: path.write_text("A=2\n"),
    "removed": lambda path: path.unlink(),
    "replaced": lambda path: path.with_name("new").rename(path),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_file_that_has_changed(tmp_path: Path, change: Callable[[Path], object]) -> None:
    path = tmp_path / ".env"
    path.write_text("A=1\n")
    (tmp_path / "new").write_text("A=1\n")
    workspace = Workspace(str(tmp_path))
    finish(workspace.load())
    assert analysed_text(workspace, str(path)) == "A=1\n"
    change(path)
    with pytest.raises(WriteRefused, match="has changed in the meantime"):
        analysed_text(workspace, str(path))


def test_a_file_that_is_not_analysed(tmp_path: Path) -> None:
    path = tmp_path / ".gitignore"
    path.write_text(".env\n")
    workspace = Workspace(str(tmp_path))
    finish(workspace.load())
    path.write_text("x\n")
    assert analysed_text(workspace, str(path)) == "x\n"


def test_an_open_file_whose_text_is_saved(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("A=1\n")
    workspace = Workspace(str(tmp_path))
    finish(workspace.load())
    finish(workspace.opening(str(path), "A=2\n"))
    path.write_text("A=2\n")
    assert analysed_text(workspace, str(path)) == "A=2\n"
