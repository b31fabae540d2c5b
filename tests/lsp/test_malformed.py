"""Thousands of invalid messages: each is answered or dropped, and the session continues."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from configvars.lsp.convert.uris import uri_of
from support.lsp_in_process import ENDED, Message, begun, sent, talked

pytestmark = pytest.mark.slow

# `make nightly` sets this to 100000 or more.
MESSAGES = int(os.environ.get("CONFIGVARS_EXAMPLES", "4000"))
A_SESSION = 400
SESSIONS = max(1, MESSAGES // A_SESSION)
_JUNK: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        -1,
        1.5,
        2**31,
        2**64,
        1e308,
        "",
        "x",
        "\0",
        "\ud800",
        "x" * 5000,
        [],
        {},
        [[]],
        [{}],
    ),
    *(
        "file:///",
        "file:///%zz",
        "file://host/x",
        "file:///a%00b",
        "untitled:1",
        "http://[",
        "file:///\ud800.env",
    ),
    *(
        {"uri": "file:///"},
        {"line": -1, "character": 2**40},
        {"line": "0", "character": 0},
        [None],
        {"": None},
    ),
]


def templates(folder: Path) -> list[Message]:
    """A valid message of every kind."""
    document = {"uri": uri_of(str(folder / ".env"))}
    place = {"textDocument": document, "position": {"line": 0, "character": 1}}
    span = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    whole = {"textDocument": document}
    asked = {
        "textDocument/hover": place,
        "textDocument/completion": {**place, "context": {"triggerKind": 1}},
        "textDocument/definition": place,
        "textDocument/references": {**place, "context": {"includeDeclaration": True}},
        "textDocument/documentHighlight": place,
        "textDocument/prepareRename": place,
        "textDocument/rename": {**place, "newName": "NEW"},
        "textDocument/documentSymbol": whole,
        "textDocument/foldingRange": whole,
        "textDocument/codeLens": whole,
        "textDocument/documentLink": whole,
        "textDocument/semanticTokens/full": whole,
        "textDocument/formatting": {**whole, "options": {"tabSize": 4, "insertSpaces": True}},
        "textDocument/inlayHint": {**whole, "range": span},
        "textDocument/codeAction": {
            **whole,
            "range": span,
            "context": {"diagnostics": [], "only": ["source"]},
        },
        "textDocument/diagnostic": whole,
        "workspace/symbol": {"query": "A"},
        "workspace/executeCommand": {"command": "configvars.explain", "arguments": [{"name": "A"}]},
        "configvars/overview": {"folder": uri_of(str(folder))},
        "configvars/apps": {"folder": uri_of(str(folder))},
        "initialize": {"capabilities": {}},
    }
    told = {
        "textDocument/didOpen": {
            "textDocument": {**document, "languageId": "x", "version": 1, "text": "A=1\n"}
        },
        "textDocument/didChange": {
            "textDocument": {**document, "version": 2},
            "contentChanges": [{"text": "A=1\nB=${A}\n"}],
        },
        "textDocument/didSave": whole,
        "textDocument/didClose": whole,
        "workspace/didChangeWatchedFiles": {"changes": [{**document, "type": 2}]},
        "workspace/didChangeConfiguration": {"settings": {"configvars": {"given": ["A"]}}},
        "workspace/didChangeWorkspaceFolders": {"event": {"added": [], "removed": []}},
        "window/workDoneProgress/cancel": {"token": "x"},
        "$/cancelRequest": {"id": 7},
        "$/setTrace": {"value": "off"},
    }
    return [
        *(
            {"jsonrpc": "2.0", "id": 0, "method": method, "params": params}
            for method, params in asked.items()
        ),
        *({"jsonrpc": "2.0", "method": method, "params": params} for method, params in told.items()),
        {"jsonrpc": "2.0", "id": "x", "result": None},
        {"jsonrpc": "2.0", "id": 3, "error": {"code": 1, "message": "no"}},
    ]


def places(value: Any, above: Any = None, key: Any = None) -> Iterator[tuple[Any, Any]]:
    """All positions in a message where another value could be."""
    if above is not None:
        yield above, key
    if isinstance(value, dict):
        for name in list(value):
            yield from places(value[name], value, name)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from places(item, value, number)


def broken(message: Message, dice: random.Random) -> Message:
    """A message in which some values are replaced, removed or repeated."""
    message = deepcopy(message)
    for _ in range(dice.choice([0, 1, 1, 2, 4])):
        if not (found := list(places(message))):
            break
        container, key = dice.choice(found)
        if dice.random() < 0.7:
            container[key] = deepcopy(dice.choice(_JUNK))
        elif isinstance(container, dict):
            container.pop(key, None)
        elif key < len(container):
            container.append(deepcopy(container[key]))
    return message


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text('import os\nos.environ["A"]\n')
    (tmp_path / ".env").write_text("A=1\n")
    return tmp_path


@pytest.mark.parametrize("seed", range(SESSIONS))
def test_every_request_is_answered_once_and_the_session_ends_normally(folder: Path, seed: int) -> None:
    dice = random.Random(seed)
    sound = templates(folder)
    said: list[Message] = []
    for number in range(A_SESSION):
        message = broken(dice.choice(sound), dice)
        if message.get("id") == 0:
            message["id"] = number
        said.append(message)
    code, heard = talked(begun(folder) + b"".join(map(sent, said)) + ENDED)
    assert code == 0
    answers = [each for each in heard if "method" not in each]
    asked = {
        each["id"]
        for each in said
        if each.get("jsonrpc") == "2.0" and "method" in each and type(each.get("id")) is int
    }
    for wanted in asked | {-1, -2}:
        assert len([each for each in answers if each["id"] == wanted]) >= 1, wanted
    assert not [each for each in answers if "error" in each and each["error"]["code"] == -32603]


@pytest.mark.parametrize("seed", range(SESSIONS))
def test_a_truncated_or_corrupt_stream_ends(folder: Path, seed: int, logged_errors: list[str]) -> None:
    dice = random.Random(seed)
    said = bytearray(begun(folder) + b"".join(sent(message) for message in templates(folder)) + ENDED)
    for _ in range(dice.randint(1, 20)):
        at = dice.randrange(len(said) or 1)
        match dice.randrange(4):
            case 0:
                said[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del said[at : at + dice.randint(1, 50)]
            case 2:
                said[at:at] = dice.choice(
                    [b"\r\n", b"\n", b"Content-Length: 99999999999\r\n\r\n", b"\0", b"{" * 50]
                )
            case _:
                del said[at:]
                said += b"x"
    assert talked(bytes(said))[0] in (0, 1)
    assert set(logged_errors) <= {"stdin contains no more valid messages"}
    logged_errors.clear()
