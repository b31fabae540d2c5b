from __future__ import annotations

import asyncio
from pathlib import Path

from configvars.lsp.findings import findings_of
from configvars.lsp.folders import Folder
from configvars.workspace import Workspace


def test_a_long_file_has_the_same_findings_and_does_not_block(tmp_path: Path) -> None:
    path = str(tmp_path / ".env")
    workspace = Workspace(str(tmp_path))
    workspace.open(path, "".join(f"NAME_{number}\nNAME_{number}=1\n" for number in range(1000)))
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def look() -> None:
        waiting = asyncio.create_task(others())
        assert await findings_of(Folder("file:///x", workspace), path) == workspace.findings(path) != ()
        waiting.cancel()

    asyncio.run(look())
    assert turns > 2  # one for each slice of a few milliseconds; fast machines need few slices
