"""The first env file of a folder, with config vars of a Heroku app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.actions import pull_words
from configvars.actions.create_env_file import from_code, needed_names
from configvars.edits.gaps import first_gap, gaps
from configvars.edits.write import insert_names, is_writable_name
from configvars.features.code_actions import missing_names
from configvars.lsp.apply import apply_changes
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.commands.choose_app import choose_app, one_app
from configvars.lsp.commands.gitignore import kept_from_git
from configvars.lsp.commands.pull import pull_into
from configvars.lsp.commands.show import show_file
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.outcome import UNTRUSTED, Outcome
from configvars.model import FileEdit, Need
from configvars.runs.givers import nearest

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server


async def choose_origin(server: Server, folder: Folder, way: Argument) -> Outcome | None:
    """Choose the app that the user has picked as the origin of a `.env`; why that failed, or None."""
    app = arguments.text(way, "app")
    if app is None or app in server.apps.chosen(folder):
        return None
    outcome = await choose_app(server, {"folder": folder.uri, "apps": [app]})
    return None if outcome.ok else outcome


async def from_heroku(server: Server, folder: Folder, named: str | None, path: str) -> Outcome:
    """Pull what the code needs, and add the required variables that were not pulled, to be filled in."""
    if not server.trusted:
        return UNTRUSTED
    app = await one_app(server, folder, named)
    if isinstance(app, Outcome):
        return app
    outcome = await pull_into(server, folder, app, None, path)
    if not outcome.ok:
        return outcome
    edit = _what_is_left(folder, path)
    is_first = edit is not None and edit.create
    if is_first and (refused := await kept_from_git(server, folder, path)):
        return refused
    if edit is not None:
        applied = await apply_changes(server, folder, [edit], "Add what is missing")
        if not applied.ok:
            return applied
    await show_first_gap(server, folder, path)
    text = folder.workspace.project().text_of(path)
    if text is None:
        return outcome  # no code reads a variable
    empty = gaps(text)
    words = f" Fill in {pull_words.listed(empty)} in .env." if empty else ""
    return replace(
        outcome,
        message=outcome.message + words,
        next="open",
        uri=uri_of(path),
        name=next(iter(empty), None),
    )


def _what_is_left(folder: Folder, path: str) -> FileEdit | None:
    """The edit that adds the required names; it creates the file if the pull did not."""
    project = folder.workspace.project()
    text = project.text_of(path)
    if text is None:
        return from_code(path, project)
    required = frozenset(needed_names(project, Need.REQUIRED))
    missing = [name for name in missing_names(project, path) if name in required and is_writable_name(name)]
    template = template_of(folder, path)
    edits = insert_names(text, missing, template_text=template and project.text_of(template))
    return FileEdit(path, edits) if edits else None


async def show_first_gap(server: Server, folder: Folder, path: str) -> None:
    """Open an env file at the first value that is to be filled in."""
    folder.settle(server.documents)
    text = folder.workspace.project().text_of(path)
    if text is not None:
        await show_file(server, folder, path, first_gap(text))


def template_of(folder: Folder, path: str) -> str | None:
    """The template that is nearest to an env file."""
    return next(iter(nearest(folder.workspace.project(), path, "dotenv")), None)
