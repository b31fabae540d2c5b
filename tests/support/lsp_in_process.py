"""Runs sessions of the whole server in the tests' process: the messages of a client, then the answers."""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import threading
from pathlib import Path
from typing import IO, Any, cast

from configvars.lsp.convert.uris import uri_of
from configvars.lsp.server import start
from configvars.lsp.stdio import Inbox, serve
from support.lsp_client import LspClient

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


class ServerThread:
    """A server that runs in a thread of the test's process, as an `LspClient` needs it.

    It starts ten times faster than a process, and coverage and planted faults reach it.
    """

    def __init__(self) -> None:
        self._stdin, self.stdin = _pipe()
        self.stdout, self._stdout = _pipe()
        self.stderr: IO[bytes] = io.BytesIO()
        self._code: int | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def poll(self) -> int | None:
        return None if self._thread.is_alive() else self._code

    def kill(self) -> None:
        """End the session as if the client had gone."""
        self.stdin.close()

    def wait(self, timeout: float | None = None) -> int:
        self._thread.join(timeout)
        if self._thread.is_alive():
            raise subprocess.TimeoutExpired("server", timeout or 0)
        return 1 if self._code is None else self._code

    def _run(self) -> None:
        with self._stdin, self._stdout:
            self._code = asyncio.run(self._session())
            self.stdin.close()  # otherwise the thread that reads it would wait for ever

    async def _session(self) -> int:
        inbox = Inbox()
        async with start(inbox) as server:
            return await serve(server.protocol, inbox, self._stdin, self._stdout)


def client_of_thread() -> LspClient:
    """A client of a new server in a thread of this process, which has the environment of this process."""
    return LspClient(process=ServerThread())


def _pipe() -> tuple[io.BufferedReader, io.BufferedWriter]:
    reading, writing = os.pipe()
    return cast("io.BufferedReader", os.fdopen(reading, "rb")), cast(
        "io.BufferedWriter", os.fdopen(writing, "wb")
    )
