"""Keeps the diagnostics that the client shows equal to what is found."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars.lsp.convert.diagnostics import diagnostics_of
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.convert.view import View

if TYPE_CHECKING:
    from configvars.lsp.server import Server

_SLICE = 0.004  # seconds of work before others are let in


class Publisher:
    """Publishes findings when there is nothing else to do, and only where they differ from the last ones."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._wanted = asyncio.Event()
        self._published: dict[str, list[t.Diagnostic]] = {}

    def wake(self) -> None:
        """Say that findings may have changed."""
        self._wanted.set()

    async def run(self) -> None:
        """Publish whenever woken; a burst of edits is answered once, for its last state."""
        while True:
            await self._wanted.wait()
            while not self._server.inbox.is_empty:
                await asyncio.sleep(0)
            self._wanted.clear()
            await self._publish()

    def diagnostics(self, path: str) -> list[t.Diagnostic]:
        """What is found in a file now; nothing before its folder was read: what is missing is not known."""
        server = self._server
        folder = server.folders.of(path)
        if folder is None or not folder.loaded:
            return []
        folder.settle(server.documents)
        findings = folder.workspace.findings(path)
        if not findings:
            return []
        view = View(server.client, server.documents, folder.workspace.text_of)
        positions = view.positions(path)
        return diagnostics_of(findings, positions, view) if positions else []

    async def _publish(self) -> None:
        if self._server.client.only_pulls:
            self._ask_to_pull()
            return
        until = time.monotonic() + _SLICE
        for path in self._paths():
            self._publish_one(path)
            if time.monotonic() > until:
                await asyncio.sleep(0)
                if self._wanted.is_set():
                    return
                until = time.monotonic() + _SLICE

    def _ask_to_pull(self) -> None:
        if self._server.client.refresh_diagnostics:
            self._server.workspace_diagnostic_refresh(None)

    def _paths(self) -> Iterator[str]:
        """The files to look at, those first that the user sees."""
        opened = [document.path for document in self._server.documents]
        known = [path for folder in self._server.folders for path in folder.workspace.project().index.files]
        return iter(dict.fromkeys([*opened, *sorted(known), *self._published]))

    def _publish_one(self, path: str) -> None:
        server = self._server
        folder = server.folders.of(path)
        if folder and not folder.loaded:
            return
        found, document = self.diagnostics(path), server.documents.get(path)
        # A document that is open is told of even where there is nothing: that is news, too.
        if self._published.get(path, None if document else []) == found:
            return
        if found or document:
            self._published[path] = found
        else:
            self._published.pop(path, None)
        uri, version = (document.uri, document.version) if document else (uri_of(path), None)
        params = t.PublishDiagnosticsParams(uri, found, version)
        server.text_document_publish_diagnostics(params)
