"""Notebooks as LSP synchronises them: cells are separate documents, which together form one Python text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol import types as t
from msgspec import Struct
from msgspec.structs import replace

from configvars.lsp.client import Encoding
from configvars.lsp.convert.positions import Positions
from configvars.lsp.documents import Document, Part
from configvars.patterns import lazy_pattern
from configvars.text import Span

# A cell that starts with `%%` is usually not Python.
_OTHER_LANGUAGE = lazy_pattern(r"\s*%%(?!time\b|timeit\b|capture\b|prun\b)")
_HEAD = "# cells\n"  # the text must not look like the JSON of a notebook


class Cell(Struct, frozen=True):
    """One cell. `language` is empty if it is not code."""

    uri: str
    version: int
    text: str
    language: str


class Notebook(Struct, frozen=True):
    """The cells of an open notebook, in their order."""

    uri: str
    path: str
    cells: tuple[Cell, ...]

    def document(self, encoding: Encoding) -> Document:
        """The code of all Python cells as one document, which represents the notebook's file."""
        code, parts = [_HEAD], []
        end = len(_HEAD)
        for cell in self.cells:
            if cell.language == "python" and not _OTHER_LANGUAGE.match(cell.text):
                parts.append(Part(cell.uri, cell.version, Span(end, end + len(cell.text))))
                code.append(f"{cell.text}\n")
                end += len(cell.text) + 1
        positions = Positions("".join(code), encoding)
        return Document(self.uri, self.path, 0, positions, "python", parts=tuple(parts))

    def changed(self, changes: t.NotebookDocumentCellChanges, encoding: Encoding) -> Notebook:
        """The notebook after cells were added, removed, changed their kind or were edited."""
        cells = list(self.cells)
        if changes.structure:
            cells = _restructured(cells, changes.structure)
        for data in changes.data or ():
            cells = [_as_told(cell, data) if cell.uri == data.document else cell for cell in cells]
        for content in changes.text_content or ():
            cells = [_typed(cell, content, encoding) for cell in cells]
        return replace(self, cells=tuple(cells))


def notebook_of(path: str, params: t.DidOpenNotebookDocumentParams) -> Notebook:
    """A notebook that was opened."""
    opened = params.notebook_document
    return Notebook(opened.uri, path, tuple(_cells(opened.cells, params.cell_text_documents)))


def _cells(told: Iterable[t.NotebookCell], texts: Iterable[t.TextDocumentItem]) -> Iterator[Cell]:
    by_uri = {text.uri: text for text in texts}
    for cell in told:
        if text := by_uri.get(cell.document):
            yield _as_told(Cell(text.uri, text.version, text.text, text.language_id), cell)


def _as_told(cell: Cell, told: t.NotebookCell) -> Cell:
    return cell if told.kind == t.NotebookCellKind.Code else replace(cell, language="")


def _restructured(cells: list[Cell], change: t.NotebookDocumentCellChangeStructure) -> list[Cell]:
    """The cells after some were added, removed or moved; the client does not send a moved cell again."""
    known = {cell.uri: cell for cell in cells}
    array = change.array
    new = {cell.uri: cell for cell in _cells(array.cells or (), change.did_open or ())}
    put = [new.get(told.document) or known.get(told.document) for told in array.cells or ()]
    found = [cell for cell in put if cell]
    return [*cells[: array.start], *found, *cells[array.start + array.delete_count :]]


def _typed(cell: Cell, content: t.NotebookDocumentCellContentChanges, encoding: Encoding) -> Cell:
    if cell.uri != content.document.uri:
        return cell
    text = cell.text
    for change in content.changes:
        if isinstance(change, t.TextDocumentContentChangeWholeDocument):
            text = change.text
        else:
            span = Positions(text, encoding).span(change.range)
            text = text[: span.start] + change.text + text[span.end :]
    return replace(cell, text=text, version=content.document.version)
