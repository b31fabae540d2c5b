"""Looking again at a folder when one of its documents is opened or saved.

A client that announces file watching may still send nothing, as coc.nvim does without watchman. A client
without file watching sends nothing at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.lsp.adopting import adopt_documents
from configvars.lsp.configuration import take_section
from configvars.lsp.reading import read

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server


def look_for_changes(server: Server, path: str) -> None:
    """Compare the folders around an active document with the disk, and take their settings files again.

    A folder around its own may import it from a submodule, or its own may be no checkout any more.
    """
    for folder in server.folders:
        if folder.contains(path) and folder.loaded and not folder.only_open:
            server.spawn(_look(server, folder))


async def _look(server: Server, folder: Folder) -> None:
    if server.is_told_of_files:
        await folder.look_again()
        server.publisher.wake(elsewhere=True)
    else:
        await read(server, folder)
    adopt_documents(server)
    take_section(server, folder, folder.section)
