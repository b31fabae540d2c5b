from __future__ import annotations

import pytest

from configvars.lsp.client import Client, client_from
from configvars.lsp.convert.actions import known_kind


@pytest.mark.parametrize(
    "capabilities", [None, {}, [], "x", {"general": None}, {"workspace": {"workspaceEdit": 1}}]
)
def test_a_client_without_capabilities_supports_nothing(capabilities: object) -> None:
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
def test_the_first_supported_encoding_is_used(offered: object, encoding: str) -> None:
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
def test_only_a_client_without_push_diagnostics_pulls(text_document: object, pulls: bool) -> None:
    assert client_from({"textDocument": text_document}).only_pulls is pulls


def test_neovim_supports_document_changes_without_announcing_it() -> None:
    edit = {"resourceOperations": ["rename", "create", "delete"]}
    client = client_from({"workspace": {"workspaceEdit": edit}})
    assert client.versioned_edits
    assert client.create_files


@pytest.mark.parametrize(
    ("formats", "markdown"),
    [
        (None, False),
        ([], False),
        (["html"], False),
        (["plaintext", "markdown"], False),
        (["markdown"], True),
        (["html", "markdown", "plaintext"], True),
    ],
)
def test_the_first_supported_format_is_used(formats: object, markdown: bool) -> None:
    client = client_from({"textDocument": {"hover": {"contentFormat": formats}}})
    assert (client.markdown, client.completion_markdown) == (markdown, False)


@pytest.mark.parametrize(
    ("support", "tags"),
    [(None, False), (False, False), ({"valueSet": [2]}, False), ({"valueSet": [1, 2]}, True), (True, True)],
)
def test_only_tags_that_the_client_supports_are_used(support: object, tags: bool) -> None:
    client = client_from({"textDocument": {"publishDiagnostics": {"tagSupport": support}}})
    assert client.diagnostic_tags is tags


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        (None, "refactor.extract"),
        (["refactor.extract"], "refactor.extract"),
        (["refactor", "quickfix"], "refactor"),
        (["", "quickfix"], None),
        ([], None),
    ],
)
def test_an_action_has_the_nearest_kind_that_the_client_knows(known: object, kind: str | None) -> None:
    literals = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": known}}}
    client = client_from({"textDocument": {"codeAction": literals}})
    assert known_kind("refactor.extract", client) == kind
