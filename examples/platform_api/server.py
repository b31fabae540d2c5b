"""The API as an HTTP server, with the standard library."""

from __future__ import annotations

import json
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from . import apps

_NOT_FOUND = {"resource": "app", "id": "not_found", "message": "Couldn't find that app."}
_UNAUTHORIZED = {"id": "unauthorized", "message": "Invalid credentials provided."}


class PlatformApi(ThreadingHTTPServer):
    """The server. `asked` contains the requested paths; `hanging` is set as soon as an answer hangs.

    Closing the server ends all hanging answers.
    """

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.asked: list[str] = []
        self.hanging = threading.Event()
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        """The value for the environment variable `HEROKU_HOST`."""
        return f"http://127.0.0.1:{self.server_port}"

    def server_close(self) -> None:
        """Close without waiting for hanging answers."""
        self.closing.set()
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print nothing: clients that are ended during a request are expected."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""

    def do_GET(self) -> None:
        """Answer a GET request; nothing here can be changed."""
        server = cast("PlatformApi", self.server)
        path = self.path.partition("?")[0]
        server.asked.append(path)
        if self.headers.get("Authorization") != f"Bearer {apps.API_KEY}":
            self._answer(401, _UNAUTHORIZED)
            return
        match path.strip("/").split("/"):
            case ["account"]:
                self._answer(200, {"id": apps.identifier(apps.EMAIL), "email": apps.EMAIL, "name": "Dev"})
            case ["apps"] | ["users", "~", "apps"]:
                self._answer(200, [apps.describe(name) for name in apps.APPS])
            case ["pipelines"]:
                named = f"={apps.PIPELINE}" in self.path
                twice = f"={apps.AMBIGUOUS}" in self.path
                self._answer(200, [apps.pipeline()] * (named + 2 * twice))
            case ["pipelines", _]:
                self._answer(200, apps.pipeline())
            case ["pipelines", _, "pipeline-couplings"]:
                self._answer(200, apps.couplings())
            case ["addon-attachments"]:
                self._answer(200, apps.attachments())
            case ["apps", name, *rest]:
                self._answer_about(name, rest)
            case _:
                self._answer(404, _NOT_FOUND)

    def do_POST(self) -> None:
        """Answer the only POST request, which is too long for a URL: which apps have these ids."""
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))) or b"{}")
        if self.path != "/filters/apps":
            self._answer(404, _NOT_FOUND)
            return
        wanted = body.get("in", {}).get("id", [])
        self._answer(200, [apps.describe(name) for name in apps.APPS if apps.identifier(name) in wanted])

    def do_CONNECT(self) -> None:
        """Refuse to be a proxy, as one does that wants a user name and a password."""
        self._answer(407, None, raw=b"<html><h1>Log in to the proxy</h1></html>")

    def _answer_about(self, name: str, rest: list[str]) -> None:
        trouble = apps.TROUBLE.get(name)
        if trouble and rest == ["config-vars"]:
            self._make(trouble)
        elif name not in apps.APPS:
            self._answer(404, _NOT_FOUND)
        elif rest == ["config-vars"]:
            self._answer(200, apps.APPS[name].config)
        elif rest == ["addons"]:
            self._answer(200, apps.addons(name))
        elif rest == ["pipeline-couplings"] and (coupling := apps.pipeline_coupling(name)):
            self._answer(200, coupling)
        elif rest in (["dynos"], ["collaborators"]):
            self._answer(200, [])
        elif not rest:
            self._answer(200, apps.describe(name))
        else:
            self._answer(404, _NOT_FOUND)

    def _make(self, trouble: apps.Trouble) -> None:
        server = cast("PlatformApi", self.server)
        if trouble.delay:
            server.hanging.set()
            server.closing.wait(trouble.delay)
        if trouble.status is None:
            self._reset()
        else:
            self._answer(trouble.status, trouble.body, trouble.raw, trouble.headers)

    def _answer(
        self, status: int, body: Any, raw: bytes | None = None, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        data = json.dumps(body).encode() if raw is None else raw
        self.send_response(status)
        is_json = raw is None or raw.startswith(b"{")
        self.send_header("Content-Type", "application/json;charset=utf-8" if is_json else "text/html")
        self.send_header("Content-Length", str(len(data)))
        for name, text in headers:
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def _reset(self) -> None:
        """Drop the connection with RST instead of FIN, as a broken network does."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
