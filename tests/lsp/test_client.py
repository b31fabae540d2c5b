from __future__ import annotations

import pytest

from configvars.lsp.client import Client, client_from


@pytest.mark.parametrize(
    "capabilities", [None, {}, [], "x", {"general": None}, {"workspace": {"workspaceEdit": 1}}]
)
def test_a_client_that_says_nothing_can_nothing(capabilities: object) -> None:
    assert client_from(capabilities) == Client()


@pytest.mark.parametrize(
    ("offered", "encoding"),
    [
        (None, "utf-16"),
        ([], "utf-16"),
        (["ucs-2"], "utf-16"),
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-32", "utf-8", "utf-16"], "utf-32"),
        (["ucs-2", "utf-8"], "utf-8"),
    ],
)
def test_the_first_encoding_that_we_know_is_taken(offered: object, encoding: str) -> None:
    assert client_from({"general": {"positionEncodings": offered}}).encoding == encoding


@pytest.mark.parametrize(
    ("text_document", "pulls"),
    [
        ({"publishDiagnostics": {}}, False),
        ({"publishDiagnostics": {}, "diagnostic": {}}, False),
        ({}, False),
        ({"diagnostic": {}}, True),
    ],
)
def test_only_a_client_that_takes_nothing_pushed_pulls(text_document: object, pulls: bool) -> None:
    assert client_from({"textDocument": text_document}).only_pulls is pulls


def test_neovim_takes_document_changes_without_saying_so() -> None:
    edit = {"resourceOperations": ["rename", "create", "delete"]}
    client = client_from({"workspace": {"workspaceEdit": edit}})
    assert client.versioned_edits
    assert client.create_files
