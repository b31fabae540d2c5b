from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from configvars.lsp import folders
from configvars.lsp.documents import Documents
from configvars.lsp.folders import Folder, Folders
from configvars.slices import finish
from configvars.workspace import Workspace
from configvars.workspace.analysis import never


def test_a_folder_counts_as_read_only_after_it_was_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("".join(f"NAME_{number}=1\n" for number in range(9_000)))
    folder = Folder("file:///x", Workspace(str(tmp_path)))

    async def readers() -> None:
        first, second, third = (asyncio.create_task(folder.read()) for _ in range(3))
        await third
        assert not folder.loaded
        await folder.ready(Documents())
        assert folder.loaded
        assert len(folder.workspace.project().index.defined()) == 9_000
        await asyncio.gather(first, second)

    asyncio.run(readers())


def test_everything_that_takes_long_is_analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "SOON", 0)
    folder, documents = Folder("file:///x", Workspace(str(tmp_path))), Documents()
    finish(folder.workspace.load())
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / name).write_text(f"import os\nos.environ['{name[0].upper()}']\n")
        folder.changed_on_disk(str(tmp_path / name))
    asyncio.run(folder.finish(documents))
    found = folder.workspace.project().index.referenced()
    assert [variable.name for variable in found] == ["A", "B", "C"]


def test_a_document_that_is_opened_before_the_folder_is_read_trusts_nothing(tmp_path: Path) -> None:
    """Whether the user trusts the folder is known when it is read; until then, nothing outside is read."""
    (tmp_path / "outside").write_text("DB=postgres://user:canary@host/db\n")
    root = tmp_path / "folder"
    root.mkdir()
    (root / "prod.env").symlink_to("../outside")
    app = root / "app.py"
    app.write_text("from dotenv import load_dotenv\nload_dotenv('prod.env')\n")
    folder = Folders(never).add("file:///x", str(root))
    folder.workspace.open(str(app), app.read_text())
    assert folder.workspace.project().index.defined() == []
    assert not folder.workspace.disk.trusted
