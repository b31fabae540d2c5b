"""`configvars.explain`: which file sets a variable, and why, for each way to run the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygls.exceptions import JsonRpcInvalidParams

from configvars.features.explain import explain as explained
from configvars.features.explain_text import as_markdown
from configvars.features.markdown import code
from configvars.lsp.commands import arguments
from configvars.lsp.commands.arguments import Argument
from configvars.lsp.outcome import Outcome

if TYPE_CHECKING:
    from configvars.lsp.server import Server


async def explain(server: Server, argument: Argument) -> Outcome:
    """Explain where the code of a folder gets the variable `name` from, in Markdown."""
    folder = arguments.folder(server, argument)
    name = arguments.text(argument, "name")
    if not name:
        raise JsonRpcInvalidParams("name is missing")
    await folder.ready(server.documents)
    project = folder.workspace.project()
    explanation = explained(project, name)
    return Outcome(ok=True, message=f"**{code(name)}**\n\n{as_markdown(explanation, project)}")
