"""The server of one session: its state and its handlers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lsprotocol import types as t
from msgspec import Struct
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

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

if TYPE_CHECKING:
    from cattrs import Converter

_PATIENCE = 60.0


class Asked(Struct, frozen=True):
    """The document of a request: the `positions` of its text, and the `view` of all other files."""

    folder: Folder
    project: Project
    path: str
    positions: Positions
    view: View


@cache
def _converter() -> Converter:
    """The converter of messages: it compiles code for each type of message that it meets, so it is kept."""
    return default_converter()  # type: ignore[no-untyped-call, no-any-return]


class Server(LanguageServer):
    """One session with one client. Everything but reading stdin happens on the event loop's thread.

    `watching` is set when the parent process no longer has to be watched. `patience` is how many seconds
    a command waits for an answer of a client that does not say whether it shows questions.
    """

    protocol: Protocol

    def __init__(self, inbox: Inbox, left_alone: Mapping[str, Stamp], patience: float) -> None:
        super().__init__("configvars", __version__, protocol_cls=Protocol, converter_factory=_converter)
        self.inbox = inbox
        self.patience = patience
        self._tasks: set[asyncio.Task[None]] = set()
        self.left_alone = left_alone
        self._forget()

    def _forget(self) -> None:
        """Create a server without a client."""
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
        """Start a session; an earlier session of the same process ends, with all its work."""
        if self.protocol.begin():
            for folder in self.folders:
                folder.closed = True
            for task in self._tasks:
                task.cancel()
            self.watching.set()
            apps, publisher = self.apps, self.publisher
            self._forget()
            self.publisher.follow(publisher)
            self.spawn(apps.close())
            self.spawn(self.publisher.run())

    def place_of(self, uri: str) -> tuple[str | None, Part | None]:
        """The path for a URI, and the part of its document, if the URI is that of a cell."""
        return self.documents.cell(uri) or (self.folders.path_of(uri), None)

    async def analysed(self, uri: str, *, everywhere: bool = False) -> None:
        """Wait until a document, or `everywhere` in its folder, is analysed in the state of the client."""
        path, _ = self.place_of(uri)
        if path and (folder := self.folders.of(path)):
            await folder.analysed(path, self.documents, everywhere=everywhere)

    def asked(self, uri: str) -> Asked | None:
        """What a request about a document needs, for the text that the client shows now.

        None if it is not a file, is in no folder, cannot be read, or is too large to be analysed.
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
        """Show the user a message, but only once."""
        if sentence not in self._said:
            self._said.add(sentence)
            self.window_show_message(t.ShowMessageParams(kind, printable(sentence)))

    def log_once(self, sentence: str) -> None:
        """Write a message to the client's log, but only once."""
        if sentence not in self._said:
            self._said.add(sentence)
            self.window_log_message(t.LogMessageParams(t.MessageType.Info, printable(sentence)))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a task in the background; a failure is logged and affects nothing else."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            failures.report("background work", error)

    async def stop(self) -> None:
        """Cancel all background work and wait until it has ended."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await self.apps.close()
        await asyncio.gather(*tasks, return_exceptions=True)

    def report_server_error(self, error: Exception, source: object) -> None:
        """Replaces pygls's method, which would show the exception's message, which may quote a file."""
        failures.report("the server", error)


@asynccontextmanager
async def start(
    inbox: Inbox, left_alone: Mapping[str, Stamp] = MappingProxyType({}), *, patience: float = _PATIENCE
) -> AsyncIterator[Server]:
    """A server whose background work ends with the block; files that crashed a server are not analysed."""
    silence()
    server = Server(inbox, left_alone, patience)
    server.protocol.handle({method: partial(handler, server) for method, handler in HANDLERS.items()})
    server.spawn(server.publisher.run())
    try:
        yield server
    finally:
        await server.stop()
