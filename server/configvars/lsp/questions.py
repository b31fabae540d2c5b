"""Questions to the user, in a way that every editor supports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException

from configvars.printable import printable

if TYPE_CHECKING:
    from configvars.lsp.server import Server


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
    showing anything, so a dismissal counts only if the editor says that it shows questions.
    """
    actions = [t.MessageActionItem(answer) for answer in answers]
    try:
        picked = await server.window_show_message_request_async(
            t.ShowMessageRequestParams(kind, printable(question), actions)
        )
    except JsonRpcException:
        raise NotAsked(instead) from None
    if picked is None and not server.client.asks:
        raise NotAsked(instead)
    return picked.title if picked and picked.title in answers else None
