"""Keeping the facts of the folders in sync with the disk and with open documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars import failures
from configvars.lsp.progress import progress
from configvars.workspace.reading import Stamp, current_stamp

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

_SLOW = 1.0  # seconds after which the user is told that a folder is being read
_MANY = 20  # with at least this many changed files, the whole folder is read again, in slices


async def read(server: Server, folder: Folder) -> None:
    """Read a folder, or what has changed in it, while no messages are waiting."""
    name = Path(folder.root).name
    folder.trust(trusted=server.trusted)
    try:
        async with progress(server, f"Reading {name}", after=_SLOW, cancellable=False):
            await folder.read()
    except Exception as error:
        failures.report(f"reading the folder {folder.root}", error)
        problem = f"{name} could not be read because of an internal error in configvars; see its log."
        server.say_once(problem, t.MessageType.Error)
    server.publisher.wake(elsewhere=True)


async def catch_up(server: Server, path: str) -> None:
    """Find reads in other files that a saved file reveals."""
    if folder := server.folders.of(path):
        await folder.catch_up()
        server.publisher.wake(elsewhere=True)


def touch(server: Server, path: str) -> None:
    """Record that a document was opened, changed or closed; it is analysed when needed."""
    for folder in server.folders:
        if folder.contains(path):
            folder.touch(path)
    server.publisher.wake()


def changed_on_disk(server: Server, paths: Iterable[str]) -> None:
    """Read files or folders again that were created, deleted or changed."""
    for folder in server.folders:
        inside = [path for path in paths if folder.contains(path)]
        if len(inside) > _MANY:
            server.spawn(read(server, folder))
        else:
            for path in inside:
                folder.changed_on_disk(path)
    server.publisher.wake(elsewhere=True)


def text_on_disk(server: Server, path: str) -> str | None:
    """The text of a file on disk, whether it is open or not; None if it cannot be read."""
    folder = server.folders.of(path)
    return folder.workspace.text_on_disk(path) if folder else None


def stamp_on_disk(server: Server, path: str) -> Stamp | None:
    """The time and size of a file on disk; None if there is none, or if only open files are read there."""
    folder = server.folders.of(path)
    return current_stamp(path) if folder and not folder.only_open else None
