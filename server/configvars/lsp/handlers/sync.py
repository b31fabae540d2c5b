"""Documents as the editor opens, changes and closes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars.lsp.convert.positions import Positions
from configvars.lsp.documents import Document
from configvars.lsp.handlers.lifecycle import load
from configvars.lsp.handlers.table import Handlers
from configvars.lsp.reading import catch_up, look_for_changes, touch

if TYPE_CHECKING:
    from configvars.lsp.server import Server


def did_open(server: Server, params: t.DidOpenTextDocumentParams) -> None:
    """Take a document's text over what is on disk."""
    opened = params.text_document
    path = server.folders.path_of(opened.uri)
    if path is None:
        return
    if server.folders.of(path) is None:
        server.spawn(load(server, server.folders.adopt(path, trusted=server.trusted)))
    server.publisher.forget(path)
    _take(server, Document(opened.uri, path, opened.version, _positions(server, opened.text)))
    look_for_changes(server, path)


def did_change(server: Server, params: t.DidChangeTextDocumentParams) -> None:
    """Take a document's new text: all of it, as Full sync has it; the last change counts."""
    path = server.folders.path_of(params.text_document.uri)
    if path is None or server.documents.get(path) is None:
        return
    for change in params.content_changes[-1:]:
        if isinstance(change, t.TextDocumentContentChangeWholeDocument):
            changed, positions = params.text_document, _positions(server, change.text)
            _take(server, Document(changed.uri, path, changed.version, positions))


def did_save(server: Server, params: t.DidSaveTextDocumentParams) -> None:
    """Do the work that is too much for every keystroke."""
    if path := server.folders.path_of(params.text_document.uri):
        look_for_changes(server, path)
        server.spawn(catch_up(server, path))


def did_close(server: Server, params: t.DidCloseTextDocumentParams) -> None:
    """What is on disk counts again."""
    path = server.folders.path_of(params.text_document.uri)
    if path is None or server.documents.get(path) is None:
        return
    server.documents.remove(path)
    server.folders.release(path, server.documents)
    touch(server, path)


def _positions(server: Server, text: str) -> Positions:
    return Positions(text, server.client.encoding)


def _take(server: Server, document: Document) -> None:
    server.documents.put(document)
    touch(server, document.path)


HANDLERS: Handlers = {
    t.TEXT_DOCUMENT_DID_OPEN: did_open,
    t.TEXT_DOCUMENT_DID_CHANGE: did_change,
    t.TEXT_DOCUMENT_DID_SAVE: did_save,
    t.TEXT_DOCUMENT_DID_CLOSE: did_close,
}
