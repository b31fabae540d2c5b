"""The server of one session: what it knows, and the handlers it is made of."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from lsprotocol import types as t
from pygls.lsp.server import LanguageServer

from configvars import __version__, failures
from configvars.crashes import WHY, Stamp, is_left_alone
from configvars.lsp.apps import Apps
from configvars.lsp.client import Client
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.view import View
from configvars.lsp.documents import Documents, Part
from configvars.lsp.folders import Folder, Folders
from configvars.lsp.handlers import HANDLERS
from configvars.lsp.keystrokes import Keystrokes
from configvars.lsp.protocol import Protocol, silence
from configvars.lsp.publisher import Publisher
from configvars.lsp.stdio import Inbox
from configvars.printable import printable
from configvars.project import Project


@dataclass(frozen=True, slots=True)
class Asked:
    """The document that a request is about: its text's `positions`, and the `view` of all other files."""

    folder: Folder
    project: Project
    path: str
    positions: Positions
    view: View


class Server(LanguageServer):
    """One session with one client. Everything but reading stdin happens on the event loop's thread.

    `watching` is set where the parent of the session is not to be watched any more.
    """

    protocol: Protocol

    def __init__(self, inbox: Inbox, left_alone: Mapping[str, Stamp]) -> None:
        super().__init__("configvars", __version__, protocol_cls=Protocol)
        self.inbox = inbox
        self._tasks: set[asyncio.Task[None]] = set()
        self.left_alone = left_alone
        self._forget()

    def _forget(self) -> None:
        """Know nothing of any client."""
        self.client = Client()
        self.trusted = False
        self.is_told_of_files = False
        self.section: object = None
        self.watching = threading.Event()
        self.documents = Documents()
        self.folders = Folders(self._why_not)
        self.publisher = Publisher(self)
        self.apps = Apps(self)
        self.keystrokes = Keystrokes(
            lambda: self.publisher.wake(elsewhere=True), lambda: self.client.tells_cursor
        )
        self.cancellable: dict[t.ProgressToken, asyncio.Task[Any]] = {}
        self._said: set[str] = set()

    def _why_not(self, path: str) -> str | None:
        return WHY if is_left_alone(path, self.left_alone) else None

    def begin(self) -> None:
        """Begin a session; one on the same process before it is over, with all that it was doing."""
        if self.protocol.begin():
            for folder in self.folders:
                folder.closed = True
            for task in self._tasks:
                task.cancel()
            self.watching.set()
            before = self.apps
            self._forget()
            self.spawn(before.close())
            self.spawn(self.publisher.run())

    def place_of(self, uri: str) -> tuple[str | None, Part | None]:
        """The path that a URI stands for, and the part of its document, where it is a cell's."""
        return self.documents.cell(uri) or (self.folders.path_of(uri), None)

    async def analysed(self, uri: str) -> None:
        """Wait until the folder of a document is analysed as the client sees it now."""
        path, _ = self.place_of(uri)
        if path and (folder := self.folders.of(path)):
            await folder.analysed(path, self.documents)

    def asked(self, uri: str) -> Asked | None:
        """What a request about a document needs, as of the text that the client sees now.

        None for what is no file, lies in no folder, cannot be read, or is too much to be looked at.
        """
        path, part = self.place_of(uri)
        folder = self.folders.of(path) if path else None
        if path is None or folder is None:
            return None
        folder.settle(self.documents)
        project = folder.workspace.project()
        facts = project.index.files.get(path)
        if facts and facts.skipped:
            return None
        view = View(self.client, self.documents, project.text_of)
        positions = view.positions(path)
        if positions is None:
            return None
        return Asked(folder, project, path, positions.within(part.span) if part else positions, view)

    def say_once(self, sentence: str, kind: t.MessageType) -> None:
        """Show the user a sentence, the first time it is to be said."""
        if sentence not in self._said:
            self._said.add(sentence)
            self.window_show_message(t.ShowMessageParams(kind, printable(sentence)))

    def log_once(self, sentence: str) -> None:
        """Put a sentence into the log that the client keeps, the first time it is to be said."""
        if sentence not in self._said:
            self._said.add(sentence)
            self.window_log_message(t.LogMessageParams(t.MessageType.Info, sentence))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something in the background; a failure is logged, and ends nothing else."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            failures.report("background work", error)

    async def stop(self) -> None:
        """End all background work, and wait until it has ended."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await self.apps.close()
        await asyncio.gather(*tasks, return_exceptions=True)

    def report_server_error(self, error: Exception, source: object) -> None:
        """Pygls would show the user the exception's text, which may quote a file."""
        failures.report("the server", error)


@asynccontextmanager
async def start(
    inbox: Inbox, left_alone: Mapping[str, Stamp] = MappingProxyType({})
) -> AsyncIterator[Server]:
    """A server whose background work ends with the block; files that made one crash are left alone."""
    silence()
    server = Server(inbox, left_alone)
    server.protocol.handle({method: partial(handler, server) for method, handler in HANDLERS.items()})
    server.spawn(server.publisher.run())
    try:
        yield server
    finally:
        await server.stop()
