"""`configvars.rule`: what a check finds, why, and how it is left out, as its page says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygls.exceptions import JsonRpcInvalidParams

from configvars.checks import CHECKS
from configvars.checks.pages import page
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.outcome import Outcome

if TYPE_CHECKING:
    from configvars.lsp.server import Server


async def rule(server: Server, argument: Argument) -> Outcome:
    """The page of the check `name`, in Markdown; no network is needed for it."""
    name = arguments.text(argument, "name")
    found = next((check for check in CHECKS if check.name == name), None)
    if found is None:
        raise JsonRpcInvalidParams("there is no check of this name")
    return Outcome(ok=True, message=page(found))
