"""The text of a file is the current one; a file that was analysed and has not changed is not read again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.workspace import Workspace
from configvars.workspace.kinds import Kind
from configvars.workspace.reading import ReadFile, Unread
from support.projects import opened

TEXT = "import os\nos.environ['A']\n"


@pytest.fixture
def app(tmp_path: Path) -> tuple[Workspace, str]:
    return opened(tmp_path, f"-- app.py --\n{TEXT}").workspace, str(tmp_path / "app.py")


def test_an_unreported_change_on_disk_counts(app: tuple[Workspace, str]) -> None:
    workspace, path = app
    Path(path).write_text("B = 1\n")
    assert workspace.text_of(path) == "B = 1\n"
    Path(path).unlink()
    assert workspace.text_of(path) is None


def test_a_link_that_takes_the_place_of_a_file_counts(app: tuple[Workspace, str], tmp_path: Path) -> None:
    workspace, path = app
    (tmp_path / "other.py").write_text("B = 1\n")
    Path(path).unlink()
    os.symlink("other.py", path)
    assert workspace.text_of(path) == "B = 1\n"


def test_open_text_is_not_that_of_the_file(app: tuple[Workspace, str]) -> None:
    workspace, path = app
    workspace.open(path, "C = 1\n")
    assert (workspace.text_of(path), workspace.text_on_disk(path)) == ("C = 1\n", TEXT)
    workspace.close(path)
    assert (workspace.text_of(path), workspace.text_on_disk(path)) == (TEXT, TEXT)


def test_only_a_file_that_has_changed_is_read_again(
    app: tuple[Workspace, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, path = app
    read: list[str] = []
    read_text = workspace.disk.read_text

    def counting(path: str, kind: Kind | None, limit: int) -> ReadFile | Unread:
        read.append(path)
        return read_text(path, kind, limit)

    monkeypatch.setattr(workspace.disk, "read_text", counting)
    for _ in range(3):
        assert workspace.text_of(path) == TEXT
    assert read == []
    Path(path).write_text("B = 1\n")
    workspace.changed_on_disk(path)
    assert workspace.text_of(path) == "B = 1\n"
