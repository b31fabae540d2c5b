"""Actions as code actions, and commands with their argument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lsprotocol import types as t

from configvars.features.results import Action
from configvars.lsp.client import Client
from configvars.lsp.convert.diagnostics import diagnostic_of
from configvars.lsp.convert.edits import workspace_edit
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.convert.view import View
from configvars.model import Command
from configvars.printable import printable
from configvars.project import Project

FIX = "configvars.fix"
# The keys of a command's argument that contain a path, and their names if they contain its URI.
_SHOW = "configvars.show"
_URIS = {"folder": "folder", "into": "into", "path": "uri"}


def action_of(
    action: Action,
    positions: Positions,
    view: View,
    project: Project,
    only: Sequence[str] | None = None,
) -> t.CodeAction | None:
    """A code action; None if the client cannot run it, or if it cannot change a file.

    The file can no longer be read then, or is behind a link.

    `only` are the kinds that the client has asked for, and so knows.
    """
    fix, client = action.fix, view.client
    edit = workspace_edit(fix.changes, view, project) if fix.changes else None
    if edit is None and (fix.changes or (fix.command and not _can_run(fix.command, client))):
        return None
    return t.CodeAction(
        title=printable(fix.title),
        kind=action.kind if only else known_kind(action.kind, client),
        diagnostics=[diagnostic_of(finding, positions, view) for finding in action.findings] or None,
        is_preferred=(fix.preferred and client.action_preferred) or None,
        edit=edit,
        command=command_of(fix.title, fix.command) if fix.command and _can_run(fix.command, client) else None,
    )


def as_command(action: Action, uri: str, range_: t.Range) -> t.Command:
    """An action as a command; the edits are computed again when the command runs."""
    fix = action.fix
    if fix.command and not fix.changes:
        return command_of(fix.title, fix.command)
    return fix_command(fix.title, uri, range_)


def fix_command(title: str, uri: str, range_: t.Range) -> t.Command:
    """The command that makes the change of the action with this title at a range."""
    title = printable(title)
    places = {"start": range_.start, "end": range_.end}
    plain = {key: {"line": each.line, "character": each.character} for key, each in places.items()}
    return t.Command(title, FIX, arguments=[{"uri": uri, "range": plain, "title": title}])


def _can_run(command: Command, client: Client) -> bool:
    """Whether the command works in this client: some cannot be asked to show a file."""
    return command.name != _SHOW or client.shows_documents


def known_kind(kind: str, client: Client) -> str | None:
    """The kind, or the nearest wider one that the client knows; None if it knows none."""
    if client.action_kinds is None:
        return kind
    parts = kind.split(".")
    wider = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((each for each in wider if each in client.action_kinds), None)


def command_of(title: str, command: Command) -> t.Command:
    """A command with its argument; paths in it become URIs."""
    return t.Command(printable(title), command.name, arguments=[_told(command.argument)])


def _told(argument: Mapping[str, object]) -> dict[str, object]:
    return {
        _URIS.get(key, key): uri_of(value) if key in _URIS and isinstance(value, str) else value
        for key, value in argument.items()
    }
