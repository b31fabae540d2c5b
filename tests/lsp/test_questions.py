"""Questions to a client that does not answer. `sessions/` tests the other clients."""

from __future__ import annotations

import asyncio
import io
import json

import pytest

from configvars.lsp.client import Client
from configvars.lsp.questions import NotAsked, ask
from configvars.lsp.server import start
from configvars.lsp.stdio import Inbox, Writer


@pytest.mark.parametrize("client", [Client(), Client(asks=True)], ids=["silent", "shows questions"])
def test_a_command_stops_waiting_for_an_answer(client: Client) -> None:
    async def session() -> None:
        async with start(Inbox(), patience=0) as server:
            server.client = client
            await ask(server, "Which app?", ["shop"], instead="Name the app in the setting.")

    with pytest.raises(NotAsked, match=r"^Name the app in the setting\.$"):
        asyncio.run(session())


@pytest.mark.parametrize(
    ("instead", "patience"), [("", 0), ("Name it.", 60)], ids=["no message instead", "in time"]
)
def test_an_answer_counts(instead: str, patience: float) -> None:
    async def session() -> str | None:
        stdout = io.BytesIO()
        async with start(Inbox(), patience=patience) as server:
            server.protocol.set_writer(Writer(stdout))
            asked = asyncio.create_task(ask(server, "Which app?", ["shop"], instead=instead))
            for _ in range(5):
                await asyncio.sleep(0)
            question = json.loads(stdout.getvalue().partition(b"\r\n\r\n")[2])
            assert not asked.done()
            server.protocol.receive({"jsonrpc": "2.0", "id": question["id"], "result": {"title": "shop"}})
            return await asked

    assert asyncio.run(session()) == "shop"
