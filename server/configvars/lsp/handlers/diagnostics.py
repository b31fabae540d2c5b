"""Diagnostics for the few clients that only pull; to all others they are pushed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars.lsp.handlers.table import Handlers

if TYPE_CHECKING:
    from configvars.lsp.server import Server


async def pull(server: Server, params: t.DocumentDiagnosticParams) -> t.RelatedFullDocumentDiagnosticReport:
    """The findings in a document, once its folder is read: before that, it is not known what is missing.

    Empty for a client that is sent them, which would show everything twice.
    """
    uri = params.text_document.uri
    path, part = server.place_of(uri)
    if path is None or not server.client.only_pulls:
        return t.RelatedFullDocumentDiagnosticReport([])
    if folder := server.folders.of(path):
        await folder.ready(server.documents)
    found = await server.publisher.diagnostics(path)
    items = [each for page, diagnostics in found if not part or page.uri == uri for each in diagnostics]
    return t.RelatedFullDocumentDiagnosticReport(items)


HANDLERS: Handlers = {t.TEXT_DOCUMENT_DIAGNOSTIC: pull}
