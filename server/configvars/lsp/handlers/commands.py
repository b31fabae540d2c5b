"""Commands, as requests and as LSP commands."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lsprotocol import types as t
from pygls.exceptions import JsonRpcInvalidParams

from configvars.lsp.commands import COMMANDS
from configvars.lsp.handlers.table import Handlers
from configvars.lsp.outcome import DISMISSED, Outcome, say
from configvars.lsp.progress import CANCELLED
from configvars.lsp.questions import NotAsked

if TYPE_CHECKING:
    from configvars.lsp.server import Server


async def execute(server: Server, params: t.ExecuteCommandParams) -> dict[str, object]:
    """Run a command with its argument object.

    To a client that does not show outcomes, the outcome is sent as a message.
    """
    command = COMMANDS.get(params.command)
    if command is None:
        raise JsonRpcInvalidParams("no such command")
    match params.arguments:
        case [Mapping() as argument]:
            pass
        case None | []:
            argument = {}
        case _:
            raise JsonRpcInvalidParams("a command takes one object")
    try:
        outcome = await command(server, argument)
    except asyncio.CancelledError as cancelled:
        if cancelled.args != (CANCELLED,):
            raise
        outcome = DISMISSED
    except NotAsked as unasked:
        outcome = Outcome(ok=False, message=str(unasked))
    if not server.client.wants_status:
        say(server, outcome)
    return outcome.as_json()


def cancel_progress(server: Server, params: t.WorkDoneProgressCancelParams) -> None:
    """Cancel the work that a progress report is about."""
    token = params.token
    if isinstance(token, int | str) and (task := server.cancellable.get(token)):
        task.cancel(CANCELLED)


HANDLERS: Handlers = {
    t.WORKSPACE_EXECUTE_COMMAND: execute,
    t.WINDOW_WORK_DONE_PROGRESS_CANCEL: cancel_progress,
}
