"""The files that `from_envvar` loads, if an env file sets the variable to the path of a file here."""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec.structs import replace

from configvars.flask_model import ConfigEvent, ConfigFlow, ConfigStep, FlaskFacts
from configvars.model import Variable
from configvars.project import Project
from configvars.resolve.env_files import is_template
from configvars.secret import Secret


def with_named_files(project: Project, files: Mapping[str, FlaskFacts]) -> dict[str, FlaskFacts]:
    """The facts of files, in which calls of `from_envvar` have the file that an env file names."""
    return {path: _with_files(project, files, path, facts) for path, facts in files.items()}


def _with_files(
    project: Project, files: Mapping[str, FlaskFacts], path: str, facts: FlaskFacts
) -> FlaskFacts:
    if not any(_is_unknown(event) for flow in facts.flows for event in flow.events):
        return facts

    def known(flow: ConfigFlow, event: ConfigEvent) -> ConfigEvent:
        if not isinstance(event, ConfigStep) or not _is_unknown(event):
            return event
        return replace(event, file=_named_file(project, files, path, flow, event.variable or ""))

    flows = tuple(
        replace(flow, events=tuple(known(flow, event) for event in flow.events)) for flow in facts.flows
    )
    return replace(facts, flows=flows)


def _is_unknown(event: ConfigEvent) -> bool:
    return isinstance(event, ConfigStep) and event.method == "from_envvar" and event.variable is not None


def _named_file(
    project: Project, files: Mapping[str, FlaskFacts], path: str, flow: ConfigFlow, variable: str
) -> str | None:
    """The path of a file as Flask takes it, relative to the root path of the app or absolute; or None."""
    given = {
        found.definition.value
        for found in project.index.definitions(Variable("env", variable))
        if found.definition.value is not None and not is_template(found.path)
    }
    root = os.path.dirname(flow.owner.path if flow.owner is not None else path)
    for file in files if given else ():
        relative = os.path.relpath(file, root)
        for written in (relative, f"./{relative}", file):
            if Secret(written) in given:
                return written
    return None
