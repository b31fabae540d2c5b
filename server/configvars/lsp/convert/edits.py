"""Changes of files as workspace edits."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types as t

from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.view import View
from configvars.model import FileEdit

_START = t.Range(t.Position(0, 0), t.Position(0, 0))


def workspace_edit(changes: Iterable[FileEdit], view: View) -> t.WorkspaceEdit | None:
    """One edit for all changes; None where a file that is to be changed cannot be read any more.

    Open documents are named with the version that the change was made for, so that a client refuses it
    when the user has typed on. A client without versioned edits gets plain ones.
    """
    edits = [(change, _text_edits(change, view)) for change in changes]
    if any(texts is None for _, texts in edits):
        return None
    if not view.client.versioned_edits:
        return t.WorkspaceEdit(changes={view.uri(change.path): texts or [] for change, texts in edits})
    return t.WorkspaceEdit(
        document_changes=[part for change, texts in edits for part in _parts(change, texts or [], view)]
    )


def _parts(
    change: FileEdit, texts: list[t.TextEdit], view: View
) -> list[t.TextDocumentEdit | t.CreateFile | t.RenameFile | t.DeleteFile]:
    uri = view.uri(change.path)
    document = t.OptionalVersionedTextDocumentIdentifier(uri, view.version(change.path))
    edit = t.TextDocumentEdit(document, texts)
    if change.create and view.client.create_files and view.version(change.path) is None:
        return [t.CreateFile(uri, options=t.CreateFileOptions(ignore_if_exists=False)), edit]
    return [edit]


def _text_edits(change: FileEdit, view: View) -> list[t.TextEdit] | None:
    if change.create:
        return [t.TextEdit(_START, "".join(edit.text for edit in change.edits))]
    positions = view.positions(change.path)
    return None if positions is None else text_edits(change, positions)


def text_edits(change: FileEdit, positions: Positions) -> list[t.TextEdit]:
    """The edits of one file that exists."""
    return [t.TextEdit(positions.range(edit.span), edit.text) for edit in change.edits]
