"""`configvars.createEnvFile`: the first env file of a folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from pygls.exceptions import JsonRpcInvalidParams

from configvars.actions.create_env_file import from_code, from_template
from configvars.actions.pull_target import why_not_through
from configvars.actions.suggestions import suggested
from configvars.lsp.apply import apply_changes
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.commands.env_file_from_heroku import (
    choose_origin,
    from_heroku,
    show_first_gap,
    template_of,
)
from configvars.lsp.commands.gitignore import kept_from_git
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.outcome import DISMISSED, ONLY_OPEN, Outcome
from configvars.lsp.questions import ask
from configvars.model import FileEdit
from configvars.resolve.env_files import is_template
from configvars.sources.dotenv import KIND

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server


_INSTEAD = (
    "No .env was created, because this editor cannot ask what to create it from. Call"
    ' configvars.createEnvFile with {"from": "template"}, "code" or "heroku".'
)


async def create_env_file(server: Server, argument: Argument) -> Outcome:
    """Create a `.env` from an app, a template or the code, and show it."""
    folder = arguments.folder(server, argument)
    if folder.only_open:
        return ONLY_OPEN
    path = os.path.join(folder.root, ".env")
    await folder.ready(server.documents)
    if target := _missing_target(folder, path):
        message = f"{why_not_through(path, '.env', target)} Create {target}, or remove the link."
        return Outcome(ok=False, message=message)
    if os.path.lexists(path) or server.documents.get(path):
        return Outcome(ok=False, message="A .env already exists.", next="open", uri=uri_of(path))
    way = await _way(server, folder, argument)
    if way is None:
        return DISMISSED
    if way is not argument and (refused := await choose_origin(server, folder, way)):
        return refused
    origin = way.get("from")
    if origin == "heroku":
        return await from_heroku(server, folder, arguments.text(way, "app"), path)
    if origin not in ("template", "code"):
        raise JsonRpcInvalidParams("from must be heroku, template or code")
    return await _from_files(server, folder, origin, path)


def _missing_target(folder: Folder, path: str) -> str:
    """The file that a link leads to, for messages, if it does not exist; else empty."""
    target = folder.workspace.disk.link_target(path)
    is_missing = target is not None and not os.path.exists(target)
    return folder.workspace.project().relative(target) if target is not None and is_missing else ""


async def _from_files(
    server: Server, folder: Folder, origin: Literal["template", "code"], path: str
) -> Outcome:
    """Create the file with the text of the template, or with the names that the code reads."""
    edit = (
        _from_template(folder, path) if origin == "template" else from_code(path, folder.workspace.project())
    )
    if edit is None and origin == "template" and (unread := _unread_template(folder)):
        return Outcome(ok=False, message=f"{unread}: no .env can be created from it.")
    if edit is None:
        lacking = "no template" if origin == "template" else "no code that reads a variable"
        return Outcome(ok=False, message=f"There is {lacking} to create a .env from.")
    if refused := await kept_from_git(server, folder, path):
        return refused
    applied = await apply_changes(server, folder, [edit], "Create .env")
    if not applied.ok:
        return applied
    await show_first_gap(server, folder, path)
    return Outcome(ok=True, message="Created .env: fill in the values.")


async def _way(server: Server, folder: Folder, argument: Argument) -> Argument | None:
    """The argument with `from`, which the user is asked for; None if the user dismisses the question."""
    if argument.get("from") is not None:
        return argument
    ways = {**ways_to_create(server, folder), **ways_without_source(server, folder)}
    answer = await ask(server, "How do you want to create .env?", tuple(ways), instead=_INSTEAD)
    return None if answer is None else ways[answer]


def ways_to_create(server: Server, folder: Folder) -> Mapping[str, Argument]:
    """The arguments of `configvars.createEnvFile` without the folder, by the answer that the user chooses."""
    ways: dict[str, Argument] = {}
    if server.trusted:
        apps = server.apps.chosen(folder) or suggested(folder.workspace)[:1]
        ways |= {f"From {app}": {"from": "heroku", "app": app} for app in apps[:2]}
    template = template_of(folder, os.path.join(folder.root, ".env"))
    if template is not None:
        ways[f"From {folder.workspace.project().relative(template)}"] = {"from": "template"}
    return ways


def ways_without_source(server: Server, folder: Folder) -> Mapping[str, Argument]:
    """The arguments, as in `ways_to_create`, of the ways that need neither a known app nor a template."""
    ways: dict[str, Argument] = {}
    known = server.apps.chosen(folder) or suggested(folder.workspace)
    if server.trusted and not known and server.apps.platform(folder).is_installed():
        ways["Choose Heroku App…"] = {"from": "heroku"}
    return {**ways, "From the code": {"from": "code"}}


def origins(server: Server, folder: Folder) -> list[str]:
    """The values of `from` with which `.env` can be created; whether Heroku can be asked shows only then."""
    path = os.path.join(folder.root, ".env")
    if os.path.lexists(path) or server.documents.get(path):
        return []
    project = folder.workspace.project()
    can = {
        "heroku": True,
        "template": _from_template(folder, path) is not None,
        "code": from_code(path, project) is not None,
    }
    return [origin for origin, possible in can.items() if possible]


def _unread_template(folder: Folder) -> str | None:
    """A template that cannot be read, and why; None if there is none."""
    project = folder.workspace.project()
    found = (
        f"{project.relative(path)} {facts.unread.why}"
        for path, facts in sorted(project.index.files.items())
        if facts.kind == KIND and facts.unread is not None and is_template(path)
    )
    return next(found, None)


def _from_template(folder: Folder, path: str) -> FileEdit | None:
    template = template_of(folder, path)
    text = None if template is None else folder.workspace.project().text_of(template)
    return None if text is None else from_template(path, text)
