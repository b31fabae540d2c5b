"""Runs sessions of the whole server in the tests' process: the messages of a client, then the answers."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path
from typing import Any

from configvars.lsp.convert.uris import uri_of
from configvars.lsp.server import start
from configvars.lsp.stdio import Inbox, serve

Message = dict[str, Any]


def sent(message: Message) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def begun(folder: Path, **options: object) -> bytes:
    """The start of a session in a folder; `options` are the initializationOptions."""
    folders = [{"uri": uri_of(str(folder)), "name": "x"}]
    params = {"capabilities": {}, "workspaceFolders": folders, "processId": None}
    params |= {"initializationOptions": options}
    return sent({"jsonrpc": "2.0", "id": -1, "method": "initialize", "params": params}) + sent(
        {"jsonrpc": "2.0", "method": "initialized", "params": {}}
    )


ENDED = sent({"jsonrpc": "2.0", "id": -2, "method": "shutdown"}) + sent({"jsonrpc": "2.0", "method": "exit"})


def talked(said: bytes) -> tuple[int, list[Message]]:
    """Run a session; return the exit code and all messages of the server."""
    stdout = io.BytesIO()

    async def session() -> int:
        inbox = Inbox()
        async with start(inbox) as server:
            return await asyncio.wait_for(serve(server.protocol, inbox, io.BytesIO(said), stdout), 120)

    code = asyncio.run(session())
    return code, [
        json.loads(part.partition(b"\r\n\r\n")[2]) for part in stdout.getvalue().split(b"Content-Length")[1:]
    ]


def results(folder: Path, *said: tuple[str, object], **options: object) -> list[Any]:
    """The results of the requests among the messages; a method that starts with `*` is a request."""
    messages = [
        {"jsonrpc": "2.0", "method": method.lstrip("*"), "params": params}
        | ({"id": number} if method.startswith("*") else {})
        for number, (method, params) in enumerate(said)
    ]
    _, heard = talked(begun(folder, **options) + b"".join(map(sent, messages)) + ENDED)
    answers = {each["id"]: each["result"] for each in heard if "method" not in each}
    return [answers[message["id"]] for message in messages if "id" in message]
