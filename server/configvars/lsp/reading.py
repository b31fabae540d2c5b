"""Keeping the folders' facts equal to the disk and to the open documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars import failures
from configvars.lsp.progress import progress

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

_SLOW = 1.0  # seconds after which the user is told that a folder is being read
_MANY = 20  # changed files from which on the whole folder is looked through, in slices


async def read(server: Server, folder: Folder) -> None:
    """Read a folder, or what has changed in it, between messages."""
    name = Path(folder.root).name
    folder.workspace.disk.trusted = server.trusted
    try:
        async with progress(server, f"Reading {name}", after=_SLOW, cancellable=False):
            await folder.read()
    except Exception as error:
        failures.report(f"reading the folder {folder.root}", error)
        problem = f"{name} could not be read because of a fault in configvars; its log says where."
        server.say_once(problem, t.MessageType.Error)
    server.publisher.wake(elsewhere=True)


async def catch_up(server: Server, path: str) -> None:
    """Find what a saved file has made visible in others."""
    if folder := server.folders.of(path):
        await folder.catch_up()
        server.publisher.wake(elsewhere=True)


def touch(server: Server, path: str) -> None:
    """Note that a document was opened, changed or closed; it is analysed once that is needed."""
    for folder in server.folders:
        if folder.contains(path):
            folder.touch(path)
    server.publisher.wake()


def changed_on_disk(server: Server, paths: Iterable[str]) -> None:
    """Look again at files or folders that came, went or changed."""
    for folder in server.folders:
        inside = [path for path in paths if folder.contains(path)]
        if len(inside) > _MANY:
            server.spawn(read(server, folder))
        else:
            for path in inside:
                folder.changed_on_disk(path)
    server.publisher.wake(elsewhere=True)


def read_saved(server: Server, path: str) -> str | None:
    """The text on disk of a document that was just saved; None where it cannot be read."""
    folder = server.folders.of(path)
    return folder.workspace.text_on_disk(path) if folder and not folder.only_open else None


def look_for_changes(server: Server, path: str) -> None:
    """Look through the folder of a document in the user's hands.

    A client that says that it watches files may yet stay silent, as coc.nvim does without watchman: what
    is known is compared with the disk. Of one that does not watch, nothing new would be heard at all.
    """
    folder = server.folders.of(path)
    if folder and folder.loaded and not folder.only_open:
        server.spawn((look_again if server.is_told_of_files else read)(server, folder))


async def look_again(server: Server, folder: Folder) -> None:
    """Read again what has changed on disk though nobody has said so."""
    await folder.look_again(server.documents)
    server.publisher.wake(elsewhere=True)
