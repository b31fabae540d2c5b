"""The handlers by method: thin functions of the server and the params, one area of LSP in each file.

They convert the params, call the engine and convert the result. A request without a result is answered with
null.
"""

from __future__ import annotations

from functools import partial
from inspect import isawaitable
from types import MappingProxyType
from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars.lsp.handlers import (
    actions,
    commands,
    diagnostics,
    extensions,
    lifecycle,
    navigation,
    notebooks,
    reading_aids,
    sync,
    watch,
)
from configvars.lsp.handlers.table import Handler, Handlers

if TYPE_CHECKING:
    from configvars.lsp.server import Server

__all__ = ["HANDLERS", "Handler"]


async def _once_analysed(handler: Handler, everywhere: bool, server: Server, params: object) -> object:
    """Handle a request after the document's changes, or those `everywhere`, have been analysed.

    Other requests are answered before.
    """
    document = getattr(params, "text_document", None)
    if document is not None:
        await server.analysed(document.uri, everywhere=everywhere)
    answer = handler(server, params)
    return await answer if isawaitable(answer) else answer


_OF_DOCUMENTS = {**navigation.HANDLERS, **reading_aids.HANDLERS, **actions.HANDLERS}
_OF_FOLDERS = frozenset(
    {
        t.TEXT_DOCUMENT_DEFINITION,
        t.TEXT_DOCUMENT_REFERENCES,
        t.TEXT_DOCUMENT_PREPARE_RENAME,
        t.TEXT_DOCUMENT_RENAME,
    }
)

HANDLERS: Handlers = MappingProxyType(
    {
        **lifecycle.HANDLERS,
        **sync.HANDLERS,
        **notebooks.HANDLERS,
        **watch.HANDLERS,
        **{
            method: partial(_once_analysed, handler, method in _OF_FOLDERS)
            for method, handler in _OF_DOCUMENTS.items()
        },
        **diagnostics.HANDLERS,
        **commands.HANDLERS,
        **extensions.HANDLERS,
    }
)
