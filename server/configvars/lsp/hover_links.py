"""Links in hovers, for a client that runs commands from them: to places, and to actions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from lsprotocol import types as t

from configvars.checks.fixes import show
from configvars.features.markdown import plain
from configvars.features.pull_offers import pull_offers
from configvars.features.results import Hover
from configvars.lsp.convert.actions import as_command, command_of
from configvars.lsp.offers import asking
from configvars.resolve.env_files import is_env_file

if TYPE_CHECKING:
    from configvars.lsp.server import Asked, Server

COMPARE = "configvars.ui.diff"
"""A command of the client."""


def with_links(server: Server, at: Asked, found: Hover) -> str:
    """The Markdown of a hover with links for its places, and with links to actions below."""
    markdown = found.markdown
    for words, place in found.places.items():
        if location := at.view.location(place):
            target = f"{location.uri}#L{location.range.start.line + 1}"
            markdown = markdown.replace(words, f"[{words}]({target})")
    beneath = " · ".join(_actions(server, at, found))
    return f"{markdown}\n\n---\n\n{beneath}" if beneath else markdown


def _actions(server: Server, at: Asked, found: Hover) -> Iterator[str]:
    for action in pull_offers(at.project, at.path, found.span, (), asking(server, at)):
        yield _link(as_command(action, at.view.uri(at.path), at.positions.range(found.span)))
    name = found.variable.name
    given = (each.path for each in at.project.index.definitions(found.variable))
    here = next((path for path in given if is_env_file(path, at.project.index.files)), None)
    if found.variable.scope == "env" and here is not None and here != at.path:
        yield _link(command_of(f"Open in {at.project.relative(here)}", show(here, name)))
    if found.variable.scope == "env" and at.project.apps:
        yield _link(t.Command("Compare", COMPARE))


def _link(command: t.Command) -> str:
    argument = f"?{quote(json.dumps(command.arguments), safe='')}" if command.arguments else ""
    return f"[{plain(command.title)}](command:{command.command}{argument})"
