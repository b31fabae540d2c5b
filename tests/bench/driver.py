"""A language client for measuring. It has one thread and does as little work as possible for each message."""

from __future__ import annotations

import json
import os
import select
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

Message = dict[str, Any]

CAPABILITIES: Message = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {"publishDiagnostics": {"versionSupport": True}, "hover": {}, "codeAction": {}},
}


@dataclass(frozen=True)
class Program:
    """A language server: the command that starts it, its initialization options and its settings."""

    name: str
    command: tuple[str, ...]
    options: Message
    settings: Message


class Driver:
    """One process of a language server, and a client that waits for its messages."""

    def __init__(self, program: Program, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._inbox = b""
        self._next_id = 0
        self._process = subprocess.Popen(
            program.command,
            cwd=folder,
            env={**os.environ, "CONFIGVARS_NO_CACHE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.incremental = False
        self.heard: Callable[[Message], None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    # Sending

    def initialize(self) -> None:
        folder = self._folder.as_uri()
        answer = self.call(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": folder,
                "capabilities": CAPABILITIES,
                "initializationOptions": self._program.options,
                "workspaceFolders": [{"uri": folder, "name": self._folder.name}],
            },
        )
        sync = answer["capabilities"]["textDocumentSync"]
        self.incremental = (sync["change"] if isinstance(sync, dict) else sync) == 2
        self.notify("initialized", {})

    def notify(self, method: str, params: object) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: object) -> int:
        self._next_id += 1
        self._send({"jsonrpc": "2.0", "id": self._next_id, "method": method, "params": params})
        return self._next_id

    def call(self, method: str, params: object) -> Any:
        asked = self.request(method, params)
        return self.wait(lambda m: "method" not in m and m.get("id") == asked).get("result")

    # Receiving

    def wait(self, wanted: Callable[[Message], bool], timeout: float = 600) -> Message:
        """Return the next message that is `wanted`. Other messages are answered and dropped.

        Raises TimeoutError after `timeout` seconds.
        """
        end = time.perf_counter() + timeout
        while (left := end - time.perf_counter()) > 0:
            message = self.hear(left)
            if message is not None and wanted(message):
                return message
        raise TimeoutError(f"{self._program.name} did not send the expected message")

    def hear(self, timeout: float) -> Message | None:
        """Return the next message, or None if none arrives within `timeout` seconds.

        Requests of the server are answered.
        """
        end = time.perf_counter() + timeout
        while (message := self._cut()) is None:
            left = end - time.perf_counter()
            if left <= 0 or not self._fill(left):
                return None
        if self.heard:
            self.heard(message)
        if "method" in message and "id" in message:
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": self._answer(message)})
        return message

    # Measuring

    @property
    def processor(self) -> float:
        """The processor time that the server has used, in seconds (Linux only)."""
        return time.clock_gettime((~self._process.pid << 3) | 2)

    @property
    def megabytes(self) -> float:
        """The resident memory of the server in MiB (Linux only)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024

    def rest(self, seconds: float) -> None:
        """Send nothing for a while; receive what arrives."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.hear(left)

    def settle(self) -> None:
        """Wait until the server is idle."""
        while self.is_busy(0.05):
            pass

    def is_busy(self, seconds: float) -> bool:
        """Whether the server uses the processor, or waits for it, while nothing is sent to it."""
        before = self.processor
        self.rest(seconds)
        return self.processor - before > seconds / 20 or any(map(_wants_to_run, self._threads()))

    def _threads(self) -> Iterator[str]:
        for thread in Path(f"/proc/{self._process.pid}/task").glob("*/stat"):
            with suppress(OSError):  # the thread has ended
                yield thread.read_text("utf-8")

    def _send(self, message: Message) -> None:
        body = json.dumps(message).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _answer(self, message: Message) -> object:
        if message["method"] == "workspace/configuration":
            return [self._program.settings for _ in message["params"]["items"]]
        return None

    def _cut(self) -> Message | None:
        """Remove and return the first message in the buffer, or None if it is not complete yet."""
        head, found, rest = self._inbox.partition(b"\r\n\r\n")
        if not found:
            return None
        sizes = [
            line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        ]
        size = int(sizes[0])
        if len(rest) < size:
            return None
        self._inbox = rest[size:]
        message: Message = json.loads(rest[:size])
        return message

    def _fill(self, timeout: float) -> bool:
        """Read the available bytes into the buffer; False if there are none within `timeout` seconds."""
        assert self._process.stdout
        pipe = self._process.stdout.fileno()
        if not select.select([pipe], [], [], timeout)[0]:
            return False
        data = os.read(pipe, 1 << 20)
        if not data:
            raise ConnectionError(f"{self._program.name} has ended")
        self._inbox += data
        return True


def _wants_to_run(thread: str) -> bool:
    return thread.rpartition(")")[2].split()[0] == "R"
