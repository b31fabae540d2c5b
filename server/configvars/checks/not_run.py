"""Why the processes of the Procfile certainly do not make a read."""

from __future__ import annotations

import os

from configvars.model import Reference
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.cli_commands import command_not_run
from configvars.runs.heroku_processes import loading
from configvars.runs.loads import is_in_main

_DEVELOPMENT = lazy_pattern(
    r"(?:^|[_-])(?:ci|debug|dev|develop|development|local|test|testing|tests)(?:[_-]|$)"
)


def is_for_development(path: str) -> bool:
    """Whether the name of a settings module says that no app has these settings."""
    return bool(_DEVELOPMENT.search(os.path.basename(path).removesuffix(".py")))


def why_not_run(path: str, found: Reference, project: Project) -> str:
    """The reason, as the end of a sentence; empty if a process may make the read."""
    if path in project.not_loaded:
        return "no process of the Procfile loads this file"
    if project.index.files[path].kind == "python":
        if command := command_not_run(project, path, found.span):
            return f"no process of the Procfile runs the command {command}"
        programs = [program.entry for _, program in loading(project, path)]
        as_main = any(each and each.main and each.path == path for each in programs)
        is_run = as_main or not programs or path not in project.only_imported
        if is_run or not is_in_main(project, path, found):
            return ""
        return "the processes of the Procfile do not run this file as a program"
    procfile = os.path.join(home_of(path, project.index.files, project.root), "Procfile")
    is_run = path == procfile or project.inner(path) in (project.text_of(procfile) or "")
    return "" if is_run else "no process of the Procfile runs this file"
