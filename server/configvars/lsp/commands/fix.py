"""`configvars.fix`: an action with edits, for clients that support actions only as commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygls.exceptions import JsonRpcInvalidParams

from configvars.checks.wording import joined
from configvars.lsp.answering import answered
from configvars.lsp.apply import apply_changes
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.offers import EVERY_KIND, offers
from configvars.lsp.outcome import Outcome
from configvars.printable import printable

if TYPE_CHECKING:
    from configvars.lsp.server import Server

_GONE = Outcome(
    ok=False,
    message="This action is no longer available, because the text has changed. Request the actions again.",
)


async def fix(server: Server, argument: Argument) -> Outcome:
    """Make the change that is offered with the title `title` for `range` of the document `uri`."""
    uri, title = arguments.text(argument, "uri"), arguments.text(argument, "title")
    range_ = arguments.range_(argument, "range")
    if uri is None or title is None:
        raise JsonRpcInvalidParams("uri or title is missing")
    done = await answered(server, uri, lambda at: offers(server, at, at.positions.span(range_), EVERY_KIND))
    found = done[1] if done else []
    changes = next((each.fix.changes for each in found if printable(each.fix.title) == title), ())
    if done is None or not changes:
        return _GONE
    at = done[0]
    applied = await apply_changes(server, at.folder, changes, title)
    names = dict.fromkeys(at.project.relative(change.path) for change in changes)
    return Outcome(ok=True, message=f"Changed {joined(names, 'and')}.") if applied.ok else applied
