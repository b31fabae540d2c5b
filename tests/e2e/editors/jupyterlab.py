"""Uses jupyter-lsp as JupyterLab does, including a reload of the page; prints the results as a JSON object.

It needs the packages of `parts/jupyterlab`. The server is started with the user's configuration in HOME.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

WORKSPACE = Path(os.environ["WS"])
CODE = (WORKSPACE / "app.py").read_text("utf-8")
VIRTUAL = f"{WORKSPACE.as_uri()}/.virtual_documents/nb.ipynb"


class Page:
    """One page of JupyterLab: a connection to a language server that keeps running when the page is
    closed.
    """

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self.connection = connection
        self.next_id = 0

    async def say(self, method: str, params: Any, **more: Any) -> None:
        told = {"jsonrpc": "2.0", "method": method, "params": params, **more}
        await self.connection.write_message(json.dumps(told))

    async def ask(self, method: str, params: Any) -> Any:
        self.next_id += 1
        await self.say(method, params, id=self.next_id)
        return (await self.hear(lambda m: m.get("id") == self.next_id and "method" not in m))["result"]

    async def hear(self, wanted: Any) -> Any:
        while text := await self.connection.read_message():
            message = json.loads(text)
            if wanted(message):
                return message
        raise EOFError("the connection was closed")

    async def findings(self, uri: str) -> list[str]:
        method = "textDocument/publishDiagnostics"
        told = await self.hear(lambda m: m.get("method") == method and m["params"]["uri"] == uri)
        places = [(found["range"]["start"], found["code"]) for found in told["params"]["diagnostics"]]
        return [f"{start['line'] + 1}:{start['character'] + 1} {code}" for start, code in places]


async def connected(url: str) -> WebSocketClientConnection:
    """A connection, made as soon as the server listens: it prints its URL before that."""
    while True:
        try:
            return await websocket_connect(url)
        except ConnectionRefusedError:
            await asyncio.sleep(0.1)


async def opened(url: str) -> Page:
    """A page that has just been loaded, with a notebook that contains the code of app.py."""
    page = Page(await connected(url))
    formats = {"hover": {"contentFormat": ["markdown", "plaintext"]}}
    capabilities = {
        "textDocument": {**formats, "publishDiagnostics": {}},
        "workspace": {"configuration": False},
    }
    root = WORKSPACE.as_uri()
    begin = {"processId": None, "rootUri": root, "workspaceFolders": None, "capabilities": capabilities}
    await page.ask("initialize", begin)
    await page.say("initialized", {})
    await page.say("workspace/didChangeConfiguration", {"settings": {"configvars": {}}})
    item = {"uri": VIRTUAL, "languageId": "python", "version": 0, "text": CODE}
    await page.say("textDocument/didOpen", {"textDocument": item})
    return page


async def use(url: str) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    first = await opened(url)
    seen["code"] = await first.findings(VIRTUAL)
    at = {"textDocument": {"uri": VIRTUAL}, "position": {"line": 2, "character": 20}}
    seen["hover"] = (await first.ask("textDocument/hover", at))["contents"]["value"]
    listed = await first.ask("textDocument/completion", at)
    seen["completion"] = [item["label"] for item in listed["items"]]
    first.connection.close()
    seen["after a reload"] = await (await opened(url)).findings(VIRTUAL)
    return seen


def main() -> None:
    options = ["--ServerApp.jpserver_extensions={'jupyter_lsp': True}", f"--ServerApp.root_dir={WORKSPACE}"]
    open_door = [
        "--IdentityProvider.token=",
        "--ServerApp.port=0",
        "--ServerApp.ip=127.0.0.1",
        "--allow-root",
    ]
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", *options, *open_door]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        try:
            line = next(line for line in server.stderr if "http://127.0.0.1:" in line)
            port = line.split("http://127.0.0.1:")[1].split("/")[0]
            seen = asyncio.run(asyncio.wait_for(use(f"ws://127.0.0.1:{port}/lsp/ws/configvars"), 60))
            print(json.dumps(seen))
        finally:
            server.terminate()


main()
