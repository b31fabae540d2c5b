"""Each announced capability has a handler, and a session uses each handler."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as t
from msgspec.structs import fields, replace

from configvars.lsp.capabilities import server_capabilities
from configvars.lsp.client import Client
from configvars.lsp.commands import COMMANDS
from configvars.lsp.handlers import HANDLERS
from support.lsp_script import methods_in, read_script

SESSIONS = sorted((Path(__file__).parent / "sessions").glob("*.txt"))
ALL = Client(**{field.name: True for field in fields(Client) if field.type is bool})

METHODS = {
    "text_document_sync": (
        t.TEXT_DOCUMENT_DID_OPEN,
        t.TEXT_DOCUMENT_DID_CHANGE,
        t.TEXT_DOCUMENT_DID_SAVE,
        t.TEXT_DOCUMENT_DID_CLOSE,
    ),
    "notebook_document_sync": (
        t.NOTEBOOK_DOCUMENT_DID_OPEN,
        t.NOTEBOOK_DOCUMENT_DID_CHANGE,
        t.NOTEBOOK_DOCUMENT_DID_SAVE,
        t.NOTEBOOK_DOCUMENT_DID_CLOSE,
    ),
    "completion_provider": (t.TEXT_DOCUMENT_COMPLETION,),
    "hover_provider": (t.TEXT_DOCUMENT_HOVER,),
    "definition_provider": (t.TEXT_DOCUMENT_DEFINITION,),
    "references_provider": (t.TEXT_DOCUMENT_REFERENCES,),
    "document_highlight_provider": (t.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT,),
    "document_symbol_provider": (t.TEXT_DOCUMENT_DOCUMENT_SYMBOL,),
    "workspace_symbol_provider": (t.WORKSPACE_SYMBOL,),
    "rename_provider": (t.TEXT_DOCUMENT_PREPARE_RENAME, t.TEXT_DOCUMENT_RENAME),
    "folding_range_provider": (t.TEXT_DOCUMENT_FOLDING_RANGE,),
    "document_formatting_provider": (t.TEXT_DOCUMENT_FORMATTING,),
    "code_lens_provider": (t.TEXT_DOCUMENT_CODE_LENS,),
    "inlay_hint_provider": (t.TEXT_DOCUMENT_INLAY_HINT,),
    "document_link_provider": (t.TEXT_DOCUMENT_DOCUMENT_LINK,),
    "semantic_tokens_provider": (t.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,),
    "code_action_provider": (t.TEXT_DOCUMENT_CODE_ACTION,),
    "execute_command_provider": (t.WORKSPACE_EXECUTE_COMMAND,),
    "diagnostic_provider": (t.TEXT_DOCUMENT_DIAGNOSTIC,),
    "workspace": (t.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS,),
}
NO_METHODS = {"position_encoding"}


def announced(client: Client) -> dict[str, Any]:
    capabilities = server_capabilities(client)
    values = {field.name: getattr(capabilities, field.name) for field in fields_of(capabilities)}
    return {name: value for name, value in values.items() if value not in (None, False)}


def fields_of(capabilities: t.ServerCapabilities) -> tuple[Any, ...]:
    return type(capabilities).__attrs_attrs__


@pytest.mark.parametrize("client", [ALL, replace(ALL, register_formatting=False), Client()])
def test_each_capability_has_handlers(client: Client) -> None:
    for name in announced(client).keys() - NO_METHODS:
        assert not set(METHODS[name]) - HANDLERS.keys()


def test_every_capability_is_announced_to_some_client() -> None:
    clients = (ALL, replace(ALL, register_formatting=False))
    assert set().union(*(announced(client) for client in clients)) == METHODS.keys() | NO_METHODS


def test_each_handler_and_command_is_used_in_a_session() -> None:
    used = {method for path in SESSIONS for method in methods_in(read_script(path.read_text("utf-8")))}
    assert sorted({*HANDLERS, *COMMANDS} - used) == []
