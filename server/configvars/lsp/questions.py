"""Questions to the user, in a way that every editor supports."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException

from configvars.printable import printable

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

_SHOWN = 10  # times the server's patience, if the editor says that it shows questions


class NotAsked(Exception):  # noqa: N818 - an editor without prompts is no error
    """The editor cannot ask. The message tells the user what to do instead."""


async def ask(
    server: Server,
    question: str,
    answers: Sequence[str],
    kind: t.MessageType = t.MessageType.Info,
    *,
    instead: str,
) -> str | None:
    """The answer that the user chooses; None if the question is dismissed.

    Raises `NotAsked` with the message `instead` if the editor cannot ask. Some editors answer at once without
    showing anything, so a dismissal counts only if the editor says that it shows questions. Some never
    answer, so the wait is limited if a message `instead` exists; it is longer if the user may be thinking.
    """
    actions = [t.MessageActionItem(answer) for answer in answers]
    patience = server.patience * (_SHOWN if server.client.asks else 1) if instead else None
    try:
        async with asyncio.timeout(patience):
            picked = await server.window_show_message_request_async(
                t.ShowMessageRequestParams(kind, printable(question), actions)
            )
    except (JsonRpcException, TimeoutError):
        raise NotAsked(instead) from None
    if picked is None and not server.client.asks:
        raise NotAsked(instead)
    return picked.title if picked and picked.title in answers else None


async def ask_picker(server: Server, folder: Folder) -> str | None:
    """The app that the user picks in the client's own picker; None if the picker is closed."""
    try:
        picked = await server.protocol.send_request_async("configvars/pickApp", {"folder": folder.uri})
    except JsonRpcException:
        return None
    app = picked.get("app") if isinstance(picked, Mapping) else None
    return app if isinstance(app, str) else None
