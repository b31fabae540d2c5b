"""The processes of a Procfile that a deploy does not follow, because their first file is not known."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.checks.wording import joined
from configvars.cli.processes import NotKnown, entries
from configvars.project import Project
from configvars.runs.heroku_processes import processes_of
from configvars.syntax.procfile import parse_procfile


def not_followed(project: Project, root: str) -> list[str]:
    """A sentence about the processes of which it is not known where they start; none without such."""
    names = list(_unknown(project, root)) if project.deploying else []
    if not names:
        return []
    which, their = ("the process", "it does") if len(names) == 1 else ("the processes", "they do")
    verb = "starts" if len(names) == 1 else "start"
    return [
        f"It is not known which Python file {which} {joined(names, 'and')} {verb}, so what {their} with "
        "variables was not followed."
    ]


def _unknown(project: Project, root: str) -> Iterator[str]:
    procfile = os.path.join(root, "Procfile")
    commands = {each.name: each.command for each in parse_procfile(project.text_of(procfile) or "")}
    for process in processes_of(project, procfile):
        is_known = any(start.entry is not None for start in process.starts)
        if not is_known and _may_run_python(project, root, commands[process.name]):
            yield process.name


def _may_run_python(project: Project, root: str, command: str) -> bool:
    """Whether a command runs anything else than commands of a shell, such as `echo`."""
    try:
        return any(True for _ in entries(command, lambda path: project.text_of(os.path.join(root, path))))
    except NotKnown:
        return True
