from __future__ import annotations

from typing import Any

from pygls.protocol import default_converter

from configvars.index import Index
from configvars.lsp.client import Client
from configvars.lsp.convert.edits import workspace_edit
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.view import View
from configvars.lsp.documents import Document, Documents
from configvars.model import FileEdit, TextEdit
from configvars.project import Project
from configvars.settings import Settings
from configvars.text import Span

CLOSED, OPEN, NEW = "/p/.env", "/p/app.py", "/p/new.env"
ABLE = Client(versioned_edits=True, create_files=True)
CHANGES = (
    FileEdit(CLOSED, (TextEdit(Span(2, 2), "x"),)),
    FileEdit(OPEN, (TextEdit(Span(0, 1), ""),)),
    FileEdit(NEW, (TextEdit(Span(0, 0), "A=\n"),), create=True),
)


def edited(client: Client, *changes: FileEdit, closed: str | None = "é\nb") -> Any:
    documents = Documents()
    documents.put(Document("file:///p/%61pp.py", OPEN, 7, Positions("😀\n", client.encoding)))
    project = Project("/p", Index(), Settings(), lambda path: closed)
    edit = workspace_edit(changes, View(client, documents, lambda path: closed), project)
    return default_converter().unstructure(edit)


def places(edits: list[Any]) -> list[str]:
    """Each edit as ``line:character-line:character text``."""
    return [
        "{0[line]}:{0[character]}-{1[line]}:{1[character]} {2}".format(
            edit["range"]["start"], edit["range"]["end"], edit["newText"]
        )
        for edit in edits
    ]


def test_edits_of_open_closed_and_new_files() -> None:
    parts = edited(ABLE, *CHANGES)["documentChanges"]
    assert [part.get("textDocument", part.get("uri")) for part in parts] == [
        {"uri": "file:///p/.env", "version": None},
        {"uri": "file:///p/%61pp.py", "version": 7},
        "file:///p/new.env",
        {"uri": "file:///p/new.env", "version": None},
    ]
    assert parts[2]["kind"] == "create"
    assert [places(part["edits"]) for part in parts if "edits" in part] == [
        ["1:0-1:0 x"],
        ["0:0-0:2 "],
        ["0:0-0:0 A=\n"],
    ]


def test_a_client_without_versions_gets_plain_changes() -> None:
    changes = edited(Client(), *CHANGES)["changes"]
    assert list(changes) == ["file:///p/.env", "file:///p/%61pp.py", "file:///p/new.env"]


def test_a_client_that_cannot_create_files_gets_only_text() -> None:
    parts = edited(Client(versioned_edits=True), CHANGES[2])["documentChanges"]
    assert [list(part) for part in parts] == [["textDocument", "edits"]]


def test_no_partial_edit_if_a_file_no_longer_exists() -> None:
    assert edited(ABLE, *CHANGES, closed=None) is None


def test_a_line_after_the_last_one_is_inserted_at_the_end_of_the_last() -> None:
    def added(text: str, new: str, *more: TextEdit) -> list[str]:
        end = TextEdit(Span(len(text), len(text)), new)
        change = FileEdit(CLOSED, (*more, end))
        return places(edited(ABLE, change, closed=text)["documentChanges"][0]["edits"])

    assert added("A=1\n", "B=\n") == ["0:3-0:3 \nB="]
    assert added("A=1\r\n", "B=\r\n") == ["0:3-0:3 \r\nB="]
    assert added("A=1\n\n", "B=\n") == ["1:0-1:0 \nB="]
    assert added("A=1", "\nB=\n") == ["0:3-0:3 \nB=\n"]
    assert added("", "B=\n") == ["0:0-0:0 B=\n"]
    assert added("A=1\n", "B=") == ["1:0-1:0 B="]
    assert added("A=1\n", "B=\n", TextEdit(Span(0, 4), "")) == ["0:0-1:0 ", "1:0-1:0 B=\n"]
