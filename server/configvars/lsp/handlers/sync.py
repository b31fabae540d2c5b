"""Documents that the editor opens, changes and closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t
from msgspec.structs import replace

from configvars.lsp.adopting import adopt
from configvars.lsp.convert.positions import Positions
from configvars.lsp.documents import Document
from configvars.lsp.handlers.table import Handlers
from configvars.lsp.looking import look_for_changes
from configvars.lsp.protocol import NO_VERSION
from configvars.lsp.reading import catch_up, stamp_on_disk, text_on_disk, touch

if TYPE_CHECKING:
    from configvars.lsp.server import Server


_OF_NOTEBOOKS = ("json", "ipynb", "jupyter", "plaintext", "python", "")


def did_open(server: Server, params: t.DidOpenTextDocumentParams) -> None:
    """Use a document's text instead of the file on disk.

    Some clients send a change before they open its document: the text with the higher version counts.
    """
    opened = params.text_document
    path = server.folders.path_of(opened.uri)
    if path is None or (path.endswith(".ipynb") and opened.language_id not in _OF_NOTEBOOKS):
        return
    adopt(server, path)
    server.publisher.forget(path)
    known = server.documents.of(path, opened.uri)
    if known and known.early and known.version > opened.version:
        _take(server, replace(known, language=opened.language_id, early=False))
    else:
        positions, on_disk = _positions(server, opened.text), stamp_on_disk(server, path)
        document = Document(opened.uri, path, opened.version, positions, opened.language_id, on_disk=on_disk)
        _take(server, document)
    look_for_changes(server, path)


def did_change(server: Server, params: t.DidChangeTextDocumentParams) -> None:
    """Take the new text of a document: with full sync, the last change contains all of it.

    Late changes are ignored: those with a lower version than the known one, and those that continue a
    document that is closed. After the former, and for a client that sends only parts of the text, the file is
    read when it is saved.
    A change without a version (allowed until LSP 3.15) counts as the next one.
    """
    changed = params.text_document
    path = server.folders.path_of(changed.uri)
    texts = [change.text for change in params.content_changes if _is_whole(change)]
    if path is None:
        return
    known = server.documents.of(path, changed.uri)
    lost = not all(map(_is_whole, params.content_changes[-1:]))
    if not texts:
        if known and lost:
            _take(server, replace(known, lost=True))
        return
    version = changed.version
    if known:
        version = known.version if version == NO_VERSION else version
        if version < known.version:
            if known is server.documents.get(path):
                server.documents.put(replace(known, lost=True))
            return
        server.keystrokes.changed(path, known.text, texts[-1])
    else:
        closed = server.documents.last_version(path)
        if closed is not None and (version > closed or version == NO_VERSION):
            return
        adopt(server, path)
    before = known or Document(changed.uri, path, version, _positions(server, ""), early=True)
    positions = _positions(server, texts[-1])
    _take(server, replace(before, version=version, positions=positions, lost=lost, on_disk=None))


def did_save(server: Server, params: t.DidSaveTextDocumentParams) -> None:
    """Use the text that was saved, and do the work that takes too long for every keystroke.

    Without the text in the message, the file is read only if the known text is certainly an older one.
    """
    path = server.folders.path_of(params.text_document.uri)
    if path is None:
        return
    known = server.documents.of(path, params.text_document.uri)
    if known:
        on_disk, text = stamp_on_disk(server, path), params.text
        if text is None and known.is_stale(on_disk):
            text = text_on_disk(server, path)
        saved = replace(known, lost=known.lost and text is None, on_disk=on_disk)
        counts = known is server.documents.get(path)
        if counts and (text is None or text == known.text):
            server.documents.put(saved)
        else:
            _take(server, saved if text is None else replace(saved, positions=_positions(server, text)))
    server.keystrokes.over()
    look_for_changes(server, path)
    server.spawn(catch_up(server, path))


def did_close(server: Server, params: t.DidCloseTextDocumentParams) -> None:
    """Use the file on disk again."""
    path = server.folders.path_of(params.text_document.uri)
    if path is None or server.documents.get(path) is None:
        return
    server.keystrokes.over()
    server.documents.remove(path, params.text_document.uri)
    server.folders.release(path, server.documents)
    touch(server, path)


def _is_whole(change: t.TextDocumentContentChangeEvent) -> bool:
    return isinstance(change, t.TextDocumentContentChangeWholeDocument)


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
