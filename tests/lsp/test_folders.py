from __future__ import annotations

import asyncio
from pathlib import Path

from configvars.lsp.documents import Documents
from configvars.lsp.folders import Folder
from configvars.workspace import Workspace


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
