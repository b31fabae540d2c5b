"""The handlers by method: thin functions of the server and the params, one area of LSP a file.

They convert, call and convert back. A request without an answer is answered with None.
"""

from __future__ import annotations

from types import MappingProxyType

from configvars.lsp.handlers import (
    actions,
    commands,
    diagnostics,
    extensions,
    lifecycle,
    navigation,
    reading_aids,
    sync,
    watch,
)
from configvars.lsp.handlers.table import Handler, Handlers

__all__ = ["HANDLERS", "Handler"]

HANDLERS: Handlers = MappingProxyType(
    {
        **lifecycle.HANDLERS,
        **sync.HANDLERS,
        **watch.HANDLERS,
        **navigation.HANDLERS,
        **reading_aids.HANDLERS,
        **actions.HANDLERS,
        **diagnostics.HANDLERS,
        **commands.HANDLERS,
        **extensions.HANDLERS,
    }
)
