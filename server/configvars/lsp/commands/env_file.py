"""`configvars.createEnvFile`: the first env file of a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pygls.exceptions import JsonRpcInvalidParams

from configvars.actions.create_env_file import from_code, from_template
from configvars.lsp.apply import apply_changes
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.commands.choose_app import one_app
from configvars.lsp.commands.gitignore import kept_from_git
from configvars.lsp.commands.pull import pull_into
from configvars.lsp.outcome import UNTRUSTED, Outcome
from configvars.model import FileEdit
from configvars.runs.givers import nearest

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server


async def create_env_file(server: Server, argument: Argument) -> Outcome:
    """Write a `.env` out of what an app has, what a template says, or what the code reads."""
    folder = arguments.folder(server, argument)
    origin = argument.get("from")
    path = os.path.join(folder.root, ".env")
    await folder.ready(server.documents)
    if os.path.lexists(path) or server.documents.get(path):
        return Outcome(ok=False, message="There is a .env already.")
    if origin == "heroku":
        if not server.trusted:
            return UNTRUSTED
        app = await one_app(server, folder, None)
        return app if isinstance(app, Outcome) else await pull_into(server, folder, app, None, path)
    if origin not in ("template", "code"):
        raise JsonRpcInvalidParams("from is neither heroku, template nor code")
    edit = (
        _from_template(folder, path) if origin == "template" else from_code(path, folder.workspace.project())
    )
    if edit is None:
        lacking = "no template" if origin == "template" else "no code that reads a variable"
        return Outcome(ok=False, message=f"There is {lacking} to create a .env from.")
    if refused := await kept_from_git(server, folder, path):
        return refused
    applied = await apply_changes(server, folder, [edit], "Create .env")
    return Outcome(ok=True, message="Created .env: fill in the values.") if applied.ok else applied


def _from_template(folder: Folder, path: str) -> FileEdit | None:
    project = folder.workspace.project()
    templates = nearest(project, path, "dotenv")
    text = project.text_of(templates[0]) if templates else None
    return None if text is None else from_template(path, text)
