"""Requests every feature of the server at many positions of a document."""

from __future__ import annotations

from typing import Any

from support.lsp_client import LspClient

_AT_A_PLACE: dict[str, dict[str, Any]] = {
    "completion": {},
    "hover": {},
    "definition": {},
    "references": {"context": {"includeDeclaration": True}},
    "documentHighlight": {},
    "prepareRename": {},
    "rename": {"newName": "1-no"},
}
_OF_A_DOCUMENT = ("documentSymbol", "foldingRange", "codeLens", "documentLink", "semanticTokens/full")
_STEP = 4  # characters
_REFUSED = -32803


def exercise(client: LspClient, uri: str, text: str) -> None:
    """Request every feature at every fourth position of a document, and renames that are refused."""
    document = {"textDocument": {"uri": uri}}
    everywhere = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
    asked = [client.request(f"textDocument/{name}", document) for name in _OF_A_DOCUMENT]
    asked.append(client.request("textDocument/inlayHint", {**document, "range": everywhere}))
    asked.append(
        client.request(
            "textDocument/formatting", {**document, "options": {"tabSize": 4, "insertSpaces": True}}
        )
    )
    for only in (None, [""]):
        context = {"diagnostics": [], **({"only": only} if only else {})}
        asked.append(
            client.request("textDocument/codeAction", {**document, "range": everywhere, "context": context})
        )
    for line, content in enumerate(text.splitlines()):
        for character in range(0, len(content) + 1, _STEP):
            position = {"line": line, "character": character}
            for name, more in _AT_A_PLACE.items():
                asked.append(
                    client.request(f"textDocument/{name}", {**document, "position": position, **more})
                )
    for msg_id in asked:
        answer = client.response(msg_id)
        assert answer.get("error", {}).get("code", _REFUSED) == _REFUSED, answer
