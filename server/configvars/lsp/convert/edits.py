"""Changes to files as workspace edits."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types as t

from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.view import Page, View
from configvars.model import FileEdit

_START = t.Range(t.Position(0, 0), t.Position(0, 0))


def workspace_edit(changes: Iterable[FileEdit], view: View) -> t.WorkspaceEdit | None:
    """One edit for all changes; None if a file to be changed can no longer be read.

    Open documents have the version for which the change was computed, so that a client rejects it if the user
    has typed since. A client without versioned edits gets plain ones.
    """
    edits: list[tuple[FileEdit, Page, list[t.TextEdit]]] = []
    for change in changes:
        pages = _pages(change, view)
        if not pages:
            return None
        edits += [(change, page, texts) for page, texts in pages]
    if not view.client.versioned_edits:
        return t.WorkspaceEdit(changes={page.uri: texts for _, page, texts in edits})
    return t.WorkspaceEdit(document_changes=[part for each in edits for part in _parts(*each, view)])


def _pages(change: FileEdit, view: View) -> list[tuple[Page, list[t.TextEdit]]]:
    """The edits in each document that the client has for the file."""
    if change.create:
        page = Page(view.uri(change.path), view.version(change.path), Positions("", view.client.encoding))
        return [(page, [t.TextEdit(_START, "".join(edit.text for edit in change.edits))])]
    found = []
    for page in view.pages(change.path):
        inside = tuple(edit for edit in change.edits if page.positions.holds(edit.span))
        if inside:
            found.append((page, text_edits(FileEdit(change.path, inside), page.positions)))
    return found


def _parts(
    change: FileEdit, page: Page, texts: list[t.TextEdit], view: View
) -> list[t.TextDocumentEdit | t.CreateFile | t.RenameFile | t.DeleteFile]:
    document = t.OptionalVersionedTextDocumentIdentifier(page.uri, page.version)
    edit = t.TextDocumentEdit(document, texts)
    if change.create and view.client.create_files and page.version is None:
        return [t.CreateFile(page.uri, options=t.CreateFileOptions(ignore_if_exists=False)), edit]
    return [edit]


def text_edits(change: FileEdit, positions: Positions) -> list[t.TextEdit]:
    """The edits of one existing file."""
    return [t.TextEdit(positions.range(edit.span), edit.text) for edit in change.edits]
