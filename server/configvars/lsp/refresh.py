"""Making the client request lenses, hints and tokens again when changes elsewhere affect them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from configvars.lsp.server import Server


def refresh(server: Server) -> None:
    """Ask a client that supports it to request lenses, hints, tokens and diagnostics again."""
    client = server.client
    if client.refresh_code_lenses:
        server.workspace_code_lens_refresh(None)
    if client.refresh_inlay_hints:
        server.workspace_inlay_hint_refresh(None)
    if client.refresh_semantic_tokens:
        server.workspace_semantic_tokens_refresh(None)
    if client.only_pulls and client.refresh_diagnostics:
        server.workspace_diagnostic_refresh(None)
