"""Which text counts after a client has sent messages about one document, shown by the names in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from configvars.lsp.convert.uris import uri_of
from support.lsp_in_process import results

OPEN, CHANGE, CLOSE, SAVE = (f"textDocument/did{verb}" for verb in ("Open", "Change", "Close", "Save"))


def names(folder: Path, steps: str) -> str:
    """The variables of `.env` after each `?` of steps such as `open 1 A`, `change 2 B`, `close`."""
    (folder / ".env").write_text("DISK=1\n")
    uri = uri_of(str(folder / ".env"))
    said = [_message(uri, *step.split()) for step in steps.split(", ")]
    found = results(folder, *said)
    return " ".join(symbol["name"] for symbols in found for symbol in symbols)


def _message(uri: str, verb: str, version: str = "", name: str = "") -> tuple[str, Any]:
    number = {"none": None}.get(version, int(version) if version.lstrip("-").isdigit() else None)
    document: dict[str, object] = {"uri": uri}
    if verb == "open":
        text = f"{name}=1\n"
        return OPEN, {"textDocument": {**document, "languageId": "x", "version": number, "text": text}}
    if verb == "change":
        changed = {**document, **({} if version == "absent" else {"version": number})}
        return CHANGE, {"textDocument": changed, "contentChanges": [{"text": f"{name}=1\n"}]}
    if verb == "close":
        return CLOSE, {"textDocument": document}
    if verb == "save":
        return SAVE, {"textDocument": document}
    return "*textDocument/documentSymbol", {"textDocument": document}


@pytest.mark.parametrize(
    ("steps", "seen"),
    [
        # A change that arrives after its document was closed is ignored.
        ("open 1 A, change 2 B, close, change 3 GHOST, ?", "DISK"),
        ("open 1 A, close, change none GHOST, ?", "DISK"),
        ("open 7 A, close, change 8 GHOST, open 1 C, ?, change 2 D, ?", "C D"),
        ("open 1 A, close, open 1 B, close, change 2 GHOST, open 1 C, ?", "C"),
        # A version below the current one arrives late.
        ("open 1 A, change 4 B, change 3 LATE, ?", "B"),
        # If one did, a save without the text reads the file, unless a newer text has arrived since.
        ("open 1 A, change 2 B, save, ?", "B"),
        ("open 1 A, change 4 B, change 3 LATE, save, ?", "DISK"),
        ("open 1 A, change 4 B, change 3 LATE, save, change 5 C, save, ?", "C"),
        ("open 1 A, change 4 B, change 3 LATE, change 5 C, save, ?", "C"),
        # Helix sends a change before it opens a document, and again when it reopens one.
        ("change 1 A, open 0 B, ?", "A"),
        ("open 0 A, change 5 B, close, change 1 C, open 0 D, ?, change 2 E, ?", "C E"),
        # Clients of LSP 3.15 and older may send no version.
        ("open 1 A, change none B, ?, change none C, ?, change absent D, ?", "B C D"),
        ("open 1 A, change 3 B, change none C, change 2 LATE, ?, change 4 D, ?", "C D"),
        ("change none A, ?, open 0 B, ?", "A B"),
        ("open 1 A, close, open 1 B, change none C, ?", "C"),
    ],
)
def test_the_text_that_counts(tmp_path: Path, steps: str, seen: str) -> None:
    assert names(tmp_path, steps) == seen
