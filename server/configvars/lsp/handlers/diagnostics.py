"""Diagnostics for the few clients that only pull: all others are sent theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars.lsp.handlers.table import Handlers

if TYPE_CHECKING:
    from configvars.lsp.server import Server


async def pull(server: Server, params: t.DocumentDiagnosticParams) -> t.RelatedFullDocumentDiagnosticReport:
    """What is found in a document now. A client that is sent this anyway gets nothing twice."""
    uri = params.text_document.uri
    path, part = server.place_of(uri)
    found = await server.publisher.diagnostics(path) if path and server.client.only_pulls else []
    items = [each for page, diagnostics in found if not part or page.uri == uri for each in diagnostics]
    return t.RelatedFullDocumentDiagnosticReport(items)


HANDLERS: Handlers = {t.TEXT_DOCUMENT_DIAGNOSTIC: pull}
