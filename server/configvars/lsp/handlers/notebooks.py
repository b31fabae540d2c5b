"""Notebooks that the editor opens, changes and closes: see `lsp/notebooks.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars.lsp.adopting import adopt
from configvars.lsp.handlers.table import Handlers
from configvars.lsp.looking import look_for_changes
from configvars.lsp.notebooks import Notebook, notebook_of
from configvars.lsp.reading import catch_up, touch

if TYPE_CHECKING:
    from configvars.lsp.server import Server


def did_open(server: Server, params: t.DidOpenNotebookDocumentParams) -> None:
    """Use the cells of a notebook instead of its file."""
    path = server.folders.path_of(params.notebook_document.uri)
    if path is None:
        return
    adopt(server, path)
    _take(server, notebook_of(path, params))
    look_for_changes(server, path)


def did_change(server: Server, params: t.DidChangeNotebookDocumentParams) -> None:
    """Use the changed cells of a notebook."""
    notebook = server.documents.notebook(params.notebook_document.uri)
    if notebook and params.change.cells:
        _take(server, notebook.changed(params.change.cells, server.client.encoding))


def did_save(server: Server, params: t.DidSaveNotebookDocumentParams) -> None:
    """Do the work that takes too long for every keystroke."""
    if notebook := server.documents.notebook(params.notebook_document.uri):
        look_for_changes(server, notebook.path)
        server.spawn(catch_up(server, notebook.path))


def did_close(server: Server, params: t.DidCloseNotebookDocumentParams) -> None:
    """Use the file again."""
    if notebook := server.documents.notebook(params.notebook_document.uri):
        server.documents.remove(notebook.path)
        server.folders.release(notebook.path, server.documents)
        touch(server, notebook.path)


def _take(server: Server, notebook: Notebook) -> None:
    server.documents.put_notebook(notebook, notebook.document(server.client.encoding))
    touch(server, notebook.path)


HANDLERS: Handlers = {
    t.NOTEBOOK_DOCUMENT_DID_OPEN: did_open,
    t.NOTEBOOK_DOCUMENT_DID_CHANGE: did_change,
    t.NOTEBOOK_DOCUMENT_DID_SAVE: did_save,
    t.NOTEBOOK_DOCUMENT_DID_CLOSE: did_close,
}
