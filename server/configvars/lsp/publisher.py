"""Publishes diagnostics, so that the client always shows the current findings."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars import failures
from configvars.flask.apps import limits_met
from configvars.limits import FINDINGS, said
from configvars.lsp.convert.diagnostics import diagnostics_of
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.uris import path_as_written
from configvars.lsp.convert.view import Page, View
from configvars.lsp.findings import findings_of
from configvars.lsp.refresh import refresh
from configvars.model import Finding

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

_SLICE = 0.004  # seconds of work before other tasks may run
_Told = tuple[int | None, list[t.Diagnostic]]
"""The diagnostics of a document, and their version for a client that compares it with its own."""
_NOTHING: _Told = (None, [])


class Publisher:
    """Publishes findings when the server is idle, if they or the version differ from the last ones."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._wanted = asyncio.Event()
        self._elsewhere = False
        self._news = False
        self._findings: dict[str, tuple[Finding, ...]] = {}
        self._published: dict[str, dict[str, _Told | None]] = {}

    def wake(self, *, elsewhere: bool = False) -> None:
        """Called when findings may have changed; `elsewhere`: for another reason than typing.

        While the user types, the client itself requests lenses, hints and tokens again.
        """
        self._wanted.set()
        self._elsewhere |= elsewhere

    def forget(self, path: str) -> None:
        """Publish a file's findings again, because clients drop the diagnostics of closed documents.

        Diagnostics that were published under another spelling of its path still have to be removed.
        """
        if path in self._published:
            self._published[path] = dict.fromkeys(self._published[path])

    def follow(self, before: Publisher) -> None:
        """Replace what the publisher of an earlier session has published; nothing is sent yet."""
        self._published = {path: dict.fromkeys(pages) for path, pages in before._published.items()}

    async def run(self) -> None:
        """Publish whenever woken; several quick edits cause one publication, for the last state."""
        while True:
            await self._wanted.wait()
            while not self._server.inbox.is_empty:
                await asyncio.sleep(0)
            self._wanted.clear()
            with failures.contained("publishing"):
                await self._publish()

    def findings_in(self, folder: Folder) -> Iterator[Finding]:
        """The last findings in a folder's files."""
        for path, findings in self._findings.items():
            if self._owner(path) is folder:
                yield from findings

    def _owner(self, path: str) -> Folder | None:
        """The folder that reports a file: its own, otherwise one whose code imports it from a submodule."""
        return self._server.folders.of(path) or self._server.folders.importing(path)

    async def diagnostics(self, path: str) -> list[tuple[Page, list[t.Diagnostic]]]:
        """The current findings of a file, by the client's documents for this file.

        Nothing until its folder has been read, because until then it is not known what is missing.
        """
        server = self._server
        folder = self._owner(path)
        if folder is None or not folder.loaded:
            self._findings.pop(path, None)
            return []
        await folder.finish(server.documents)
        document = server.documents.get(path)
        own = folder.workspace.project().own(path) if document else path
        findings = await findings_of(folder, own)
        if document:
            findings = server.keystrokes.settled(folder.workspace.project(), findings, path)
        if findings and own == path:
            self._findings[path] = findings
        else:
            self._findings.pop(path, None)
            if document is None:
                return []
        view = View(server.client, server.documents, folder.workspace.text_of)
        # Findings in a file that cannot be read are placed at its first line.
        unread = Page(view.uri(path), view.version(path), Positions("", server.client.encoding))
        pages = (view.pages(path) or [unread]) + [
            Page(each.uri, each.version, each.positions) for each in server.documents.twins(path)
        ]
        return [(page, _diagnostics(findings[: FINDINGS.most], page, view)) for page in pages]

    async def _publish(self) -> None:
        for folder in self._server.folders:
            folder.settle(self._server.documents)
        for document in self._server.documents:  # first, because other files may take long
            self._say_skipped(document.path)
        for folder in self._server.folders:
            await folder.finish(self._server.documents)
        if not self._server.client.only_pulls and not await self._publish_all():
            return
        for document in self._server.documents:
            self._say_limits(document.path)
        elsewhere, self._elsewhere = self._elsewhere, False
        news, self._news = self._news, False
        if elsewhere:
            refresh(self._server)
        if (elsewhere or news) and self._server.client.wants_status:
            for folder in self._server.folders:
                self._server.protocol.notify("configvars/overviewChanged", {"folder": folder.uri})

    async def _publish_all(self) -> bool:
        """Publish in slices; returns False if something changed meanwhile, so that it has to start again."""
        until = time.monotonic() + _SLICE
        for path in self._paths():
            with failures.contained(f"publishing the findings of {path}"):
                await self._publish_one(path)
            if time.monotonic() > until:
                await asyncio.sleep(0)
                if self._wanted.is_set():
                    return False
                until = time.monotonic() + _SLICE
        return True

    def _paths(self) -> Iterator[str]:
        """The files to publish, visible ones first; while a name (or its value) is typed, only that file."""
        keystrokes = self._server.keystrokes
        at = None if keystrokes.is_paused else keystrokes.at
        folder = at and self._server.folders.of(at.path)
        if at and folder and keystrokes.is_about_name(folder.workspace.project()):
            return iter([at.path])
        opened = [document.path for document in self._server.documents]
        known = [path for folder in self._server.folders for path in folder.workspace.project().index.files]
        return iter(dict.fromkeys([*opened, *sorted(known), *self._published]))

    def _say_skipped(self, path: str) -> None:
        """Tell the user why an open file is not checked."""
        folder = self._server.folders.of(path)
        if folder is None or folder.is_under_way(path):
            return
        project = folder.workspace.project()
        facts = project.index.files.get(path)
        if facts and facts.skipped:
            sentence = f"{project.relative(path)} {facts.skipped} and was not checked."
            self._server.say_once(sentence, t.MessageType.Warning)

    def _say_limits(self, path: str) -> None:
        """Log the limits that an open file exceeds."""
        folder = self._server.folders.of(path)
        if folder is None or not folder.loaded:
            return
        project = folder.workspace.project()
        if counts := limits_met(project, path):
            self._server.log_once(f"{project.relative(path)} {said(counts)}")
        if project.exceeded:
            self._server.log_once(f"{folder.uri} {said(project.exceeded)}")
        if len(self._findings.get(path, ())) > FINDINGS.most:
            self._server.log_once(f"{project.relative(path)} {said([(FINDINGS.name, 1)])}")

    async def _publish_one(self, path: str) -> None:
        server = self._server
        folder = server.folders.of(path)
        if folder and not folder.loaded:
            return
        document = server.documents.get(path)
        found = await self.diagnostics(path)
        if document is not server.documents.get(path):
            self.wake()  # it changed meanwhile
            return
        before = self._published.get(path, {})
        pages = {page.uri: (self._version(page), diagnostics) for page, diagnostics in found}
        # First remove old diagnostics: of a removed cell, or of the same file under another path.
        shown = {path_as_written(uri) or uri for uri in pages}
        gone = [uri for uri in before if (path_as_written(uri) or uri) not in shown]
        pages = {**dict.fromkeys(gone, _NOTHING), **pages}
        # For an open document, an empty list is published too, because that is information. A client may
        # have ignored diagnostics of an older version, so they are published again for each version.
        otherwise = None if document else _NOTHING
        news = {uri: told for uri, told in pages.items() if before.get(uri, otherwise) != told}
        self._published[path] = {uri: told for uri, told in pages.items() if document or told[1]}
        if not self._published[path]:
            del self._published[path]
        if not news:
            return
        self._news |= any(_found(before.get(uri, otherwise)) != told[1] for uri, told in news.items())
        if document:
            self._say_skipped(path)
        for uri, (version, diagnostics) in news.items():
            server.text_document_publish_diagnostics(t.PublishDiagnosticsParams(uri, diagnostics, version))

    def _version(self, page: Page) -> int | None:
        return page.version if self._server.client.diagnostic_versions else None


def _found(told: _Told | None) -> list[t.Diagnostic] | None:
    return None if told is None else told[1]


def _diagnostics(findings: Iterable[Finding], page: Page, view: View) -> list[t.Diagnostic]:
    seen = [finding for finding in findings if page.positions.holds(finding.span)]
    return diagnostics_of(seen, page.positions, view)
