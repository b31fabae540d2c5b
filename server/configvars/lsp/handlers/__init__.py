"""The handlers by method: thin functions of the server and the params, one area of LSP a file.

They convert, call and convert back. A request without an answer is answered with None.
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

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


async def _once_analysed(handler: Handler, server: Server, params: object) -> object:
    """Handle a request, once what the client has said of its document is analysed: others come before."""
    document = getattr(params, "text_document", None)
    if document is not None:
        await server.analysed(document.uri)
    return handler(server, params)


_OF_DOCUMENTS = {**navigation.HANDLERS, **reading_aids.HANDLERS, **actions.HANDLERS}

HANDLERS: Handlers = MappingProxyType(
    {
        **lifecycle.HANDLERS,
        **sync.HANDLERS,
        **notebooks.HANDLERS,
        **watch.HANDLERS,
        **{method: partial(_once_analysed, handler) for method, handler in _OF_DOCUMENTS.items()},
        **diagnostics.HANDLERS,
        **commands.HANDLERS,
        **extensions.HANDLERS,
    }
)
