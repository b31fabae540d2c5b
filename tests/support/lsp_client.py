"""A language client on stdio that can also send invalid messages.

It stores every message that it receives.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Protocol, Self

from configvars.lsp.convert.uris import uri_of

Message = dict[str, Any]
TIMEOUT = 20.0
REFUSED = object()
"""The answer of a client that does not know the method."""
_FAULT = re.compile(r"^.* failed: \w+ at .*$", re.MULTILINE)

FULL_CAPABILITIES: Message = {
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"workDoneProgress": True, "showMessage": {"messageActionItem": {}}},
    "workspace": {
        "applyEdit": True,
        "configuration": True,
        "workspaceFolders": True,
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "didChangeConfiguration": {"dynamicRegistration": True},
    },
    "textDocument": {
        "publishDiagnostics": {
            "relatedInformation": True,
            "tagSupport": {"valueSet": [1, 2]},
            "codeDescriptionSupport": True,
            "versionSupport": True,
        },
        "completion": {
            "completionItem": {"labelDetailsSupport": True, "documentationFormat": ["markdown"]},
            "completionList": {"itemDefaults": ["editRange"]},
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
        "rename": {"prepareSupport": True},
    },
}


class Process(Protocol):
    """What a client needs of a server: a process, or one that runs in the process of the test."""

    stdin: IO[bytes] | None
    stdout: IO[bytes] | None
    stderr: IO[bytes] | None

    def poll(self) -> int | None: ...

    def kill(self) -> None: ...

    def wait(self, timeout: float | None = None) -> int: ...


class LspClient:
    """One server process and everything that it has sent.

    `answers` contains the client's answers to requests of the server: by method, a function of the params.
    Other methods are answered by `otherwise`, with `null`. If the server reports an internal error, the test
    fails, unless `expects_faults` is set.
    """

    def __init__(
        self,
        *,
        env: Mapping[str, str] | None = None,
        command: list[str] | None = None,
        expects_faults: bool = False,
        process: Process | None = None,
    ) -> None:
        self._expects_faults = expects_faults
        self.answers: dict[str, Callable[[Any], Any]] = {}
        self.otherwise: Callable[[Any], Any] = lambda _: None
        self.heard: list[Message] = []
        self.raw = b""
        self._stderr = b""
        self._changed = threading.Condition()
        self._next_id = 0
        self._texts: dict[str, str] = {}
        server = Path(__file__).parents[2] / "server"
        self.process = process or subprocess.Popen(
            command or [sys.executable, "-m", "configvars", "server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(server), **(env or {})},
        )
        self._threads = [
            threading.Thread(target=self._read_messages, daemon=True),
            threading.Thread(target=self._read_stderr, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join(TIMEOUT)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
        if kind is None and not self._expects_faults:
            assert self.faults == []

    # Sending

    def send_bytes(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: object, *, header: bytes = b"Content-Length") -> None:
        body = json.dumps(message).encode()
        self.send_bytes(b"%s: %d\r\n\r\n" % (header, len(body)) + body)

    def notify(self, method: str, params: object = None) -> None:
        self.send(_message(method, params))

    def request(self, method: str, params: object = None) -> int:
        """Send a request and return its id."""
        self._next_id += 1
        self.send({"id": self._next_id, **_message(method, params)})
        return self._next_id

    def response(self, msg_id: int | None) -> Message:
        """The whole answer to a request; it may be an error."""
        return self.wait(lambda m: "method" not in m and m.get("id") == msg_id)

    def call(self, method: str, params: object = None) -> Any:
        """The result of a request; raises if the answer is an error."""
        answer = self.response(self.request(method, params))
        if "error" in answer:
            raise AssertionError(f"{method}: {answer['error']}")
        return answer["result"]

    def error(self, method: str, params: object = None) -> int:
        """The error code of the answer to a request."""
        return int(self.response(self.request(method, params))["error"]["code"])

    def command(self, name: str, argument: Mapping[str, object]) -> Any:
        return self.call("workspace/executeCommand", {"command": name, "arguments": [argument]})

    # Life cycle

    def initialize(self, *folders: Path, capabilities: Message | None = None, **options: object) -> Message:
        """Initialize with workspace folders; `options` are the initializationOptions."""
        result = self.call(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri_of(str(folders[0])) if folders else None,
                "capabilities": FULL_CAPABILITIES if capabilities is None else capabilities,
                "initializationOptions": options or None,
                "workspaceFolders": [{"uri": uri_of(str(f)), "name": f.name} for f in folders] or None,
            },
        )
        self.notify("initialized", {})
        assert isinstance(result, dict)
        return result

    def exit(self) -> int:
        """Shut down regularly; return the exit code."""
        self.call("shutdown")
        self.notify("exit")
        return self.process.wait(TIMEOUT)

    # Documents

    def open(self, path: Path, text: str | None = None, *, version: int = 1) -> str:
        """Open a document, with its text on disk if none is given; return its URI."""
        uri = uri_of(str(path))
        text = path.read_bytes().decode() if text is None else text
        item = {"uri": uri, "languageId": "plaintext", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri: str, text: str, version: int) -> None:
        self.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]},
        )

    def close(self, uri: str) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def at(self, method: str, uri: str, line: int, character: int, **more: object) -> Any:
        """The result of a request about a position."""
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        return self.call(f"textDocument/{method}", {**place, **more})

    # Receiving

    def wait(self, wanted: Callable[[Message], bool], *, after: int = 0) -> Message:
        """Wait for and return the first message that is `wanted`, of those after the first `after`
        messages.
        """
        end = time.monotonic() + TIMEOUT
        with self._changed:
            while True:
                for message in self.heard[after:]:
                    if wanted(message):
                        return message
                left = end - time.monotonic()
                if left <= 0 or not self._threads[0].is_alive():
                    raise AssertionError(f"not heard; the last: {self.heard[-3:]}\n{self.stderr}")
                self._changed.wait(min(left, 0.5))

    def notified(self, method: str, wanted: Callable[[Any], bool] = lambda _: True, *, after: int = 0) -> Any:
        """The params of the first notification or request of the server with this method."""
        found = self.wait(lambda m: m.get("method") == method and wanted(m.get("params")), after=after)
        return found.get("params")

    def diagnostics(
        self, uri: str, wanted: Callable[[list[Message]], bool] = lambda _: True
    ) -> list[Message]:
        """The first published diagnostics of a document that are `wanted`."""
        params = self.notified(
            "textDocument/publishDiagnostics", lambda p: p["uri"] == uri and wanted(p["diagnostics"])
        )
        found = params["diagnostics"]
        assert isinstance(found, list)
        return found

    @property
    def stderr(self) -> str:
        return self._stderr.decode(errors="replace")

    @property
    def faults(self) -> list[str]:
        """The internal errors of the server in its log."""
        return _FAULT.findall(self.stderr)

    def _read_messages(self) -> None:
        assert self.process.stdout
        while header := self.process.stdout.readline():
            length = int(header.split(b":")[1])
            assert self.process.stdout.readline() == b"\r\n"
            body = self.process.stdout.read(length)
            message = json.loads(body)
            if "method" in message and "id" in message:
                threading.Thread(target=self._answer, args=(message,), daemon=True).start()
            with self._changed:
                self.raw += body + b"\n"
                self.heard.append(message)
                self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    def _answer(self, message: Message) -> None:
        result = self.answers.get(message["method"], self.otherwise)(message.get("params"))
        if result is NotImplemented:
            return
        answer = {"error": {"code": -32601, "message": "no"}} if result is REFUSED else {"result": result}
        with suppress(ValueError, BrokenPipeError):  # the session has ended
            self.send({"jsonrpc": "2.0", "id": message["id"], **answer})

    def _read_stderr(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self._stderr += line


def _message(method: str, params: object) -> Message:
    message: Message = {"jsonrpc": "2.0", "method": method}
    if params is not None:
        message["params"] = params
    return message
