"""Questions to the user, as every editor can ask them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException

from configvars.printable import printable

if TYPE_CHECKING:
    from configvars.lsp.server import Server


class NotAsked(Exception):  # noqa: N818 - an editor without prompts is no error
    """The editor cannot ask. Its text is a sentence for the user: what answers the question instead."""


async def ask(
    server: Server,
    question: str,
    answers: Sequence[str],
    kind: t.MessageType = t.MessageType.Info,
    *,
    instead: str,
) -> str | None:
    """The answer that the user picks; None where the question is dismissed.

    `NotAsked`, with `instead` as its text, where the editor cannot ask. Some answer at once without having
    shown anything: nothing is believed to be dismissed by a user of an editor that does not say it asks.
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
