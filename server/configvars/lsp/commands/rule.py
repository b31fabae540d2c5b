"""`configvars.rule`: the page of a check: what it finds, why, and how to suppress it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygls.exceptions import JsonRpcInvalidParams

from configvars.checks import CHECKS
from configvars.checks.base import page_of
from configvars.checks.pages import page
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.outcome import Outcome

if TYPE_CHECKING:
    from configvars.lsp.server import Server


async def rule(server: Server, argument: Argument) -> Outcome:
    """The page of the check `name`, in Markdown; this needs no network.

    An editor without pages shows the first sentence of it and its address.
    """
    name = arguments.text(argument, "name")
    found = next((check for check in CHECKS if check.name == name), None)
    if found is None:
        raise JsonRpcInvalidParams("there is no check of this name")
    brief = f"{found.name}: {found.summary} See {page_of(found.name)}"
    return Outcome(ok=True, message=page(found), brief=brief)
