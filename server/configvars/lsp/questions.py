"""Questions to the user, as every editor can ask them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcException

from configvars.printable import printable

if TYPE_CHECKING:
    from configvars.lsp.server import Server


async def ask(
    server: Server, question: str, answers: Sequence[str], kind: t.MessageType = t.MessageType.Info
) -> str | None:
    """The answer that the user picks; None where the question is dismissed, or the editor cannot ask."""
    actions = [t.MessageActionItem(answer) for answer in answers]
    try:
        picked = await server.window_show_message_request_async(
            t.ShowMessageRequestParams(kind, printable(question), actions)
        )
    except JsonRpcException:
        return None
    return picked.title if picked and picked.title in answers else None
