"""The processes of the Procfile that is deployed with a file, and where they start."""

from __future__ import annotations

import os

from msgspec import Struct

from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.entries import Starts
from configvars.runs.named import NamedStart
from configvars.syntax.procfile import parse_procfile


class HerokuProcess(Struct, frozen=True):
    """A line of a Procfile. `starts` are the programs of its command of which the first file is known."""

    name: str
    starts: tuple[NamedStart, ...]


def processes_of(project: Project, path: str) -> tuple[HerokuProcess, ...]:
    """The processes of the app that `path` belongs to; only those that are to be deployed."""
    home = home_of(path, project.index.files, project.root)
    return project.remembered(f"processes of {home}", lambda: _processes(project, home))


def loading(project: Project, path: str) -> list[tuple[str, NamedStart]]:
    """The processes that certainly load a file, each with the program that loads it."""
    starts = project.remembered("starts", lambda: Starts(project))
    return [
        (process.name, named)
        for process in processes_of(project, path)
        for named in process.starts
        if named.entry is not None and path in starts.reach_of(named.entry)
    ]


def _processes(project: Project, home: str) -> tuple[HerokuProcess, ...]:
    procfile = os.path.join(home, "Procfile")
    starts = project.remembered("starts", lambda: Starts(project))
    own = [each for each in starts.all_named() if each.path == procfile and each.entry is not None]
    return tuple(
        HerokuProcess(process.name, tuple(each for each in own if each.start.span == process.command_span))
        for process in parse_procfile(project.text_of(procfile) or "")
        if not project.processes or process.name in project.processes
    )
