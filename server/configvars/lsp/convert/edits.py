"""Changes to files as workspace edits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lsprotocol import types as t

from configvars.checks.through_links import to_files
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.view import Page, View
from configvars.model import FileEdit, TextEdit
from configvars.project import Project
from configvars.text import Span

_START = t.Range(t.Position(0, 0), t.Position(0, 0))


def workspace_edit(changes: Iterable[FileEdit], view: View, project: Project) -> t.WorkspaceEdit | None:
    """One edit for all changes; None if a file to be changed can no longer be read, or is behind a link.

    Every edit that configvars asks a client for is made here or in `document_edits`, so that none is made
    through a symbolic link (`checks/through_links.py`).
    Open documents have the version for which the change was computed, so that a client rejects it if the user
    has typed since. A client without versioned edits gets plain ones.
    """
    edits: list[tuple[FileEdit, Page, list[t.TextEdit]]] = []
    own = to_files(changes, project)
    if own is None:
        return None
    for change in own:
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
            found.append((page, _text_edits(inside, page.positions)))
    return found


def _parts(
    change: FileEdit, page: Page, texts: list[t.TextEdit], view: View
) -> list[t.TextDocumentEdit | t.CreateFile | t.RenameFile | t.DeleteFile]:
    document = t.OptionalVersionedTextDocumentIdentifier(page.uri, page.version)
    edit = t.TextDocumentEdit(document, texts)
    if change.create and view.client.create_files and page.version is None:
        return [t.CreateFile(page.uri, options=t.CreateFileOptions(ignore_if_exists=False)), edit]
    return [edit]


def document_edits(
    path: str, edits: Sequence[TextEdit], positions: Positions, project: Project
) -> list[t.TextEdit]:
    """The edits of a document that the client shows; none if it is behind a symbolic link."""
    return [] if project.link_target(path) is not None else _text_edits(edits, positions)


def _text_edits(edits: Iterable[TextEdit], positions: Positions) -> list[t.TextEdit]:
    found = list(edits)
    if len(found) == 1:
        found = [_before_last_break(found[0], positions.text)]
    return [t.TextEdit(positions.range(edit.span), edit.text) for edit in found]


def _before_last_break(edit: TextEdit, text: str) -> TextEdit:
    """A line after the last one, as an insertion at the end of the last line, which leads to the same text.

    yegappan/lsp cannot insert anything after the last line.
    """
    end = next((each for each in ("\r\n", "\n", "\r") if text.endswith(each)), "")
    is_last = edit.span.start == edit.span.end == len(text) > 0
    if not is_last or not end or not edit.text.endswith(end):
        return edit
    place = len(text) - len(end)
    return TextEdit(Span(place, place), f"{end}{edit.text.removesuffix(end)}")
