"""The processes of the Procfile that is deployed with a file, and where they start."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from configvars.model import PresetVariable
from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.entries import starts_of
from configvars.runs.named import NamedStart, named_start
from configvars.sources.shell_starts import script_starts
from configvars.syntax.commands import programs, script_in
from configvars.syntax.honcho import honcho_start
from configvars.syntax.procfile import Process, parse_procfile


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
    starts = starts_of(project)
    return [
        (process.name, named)
        for process in processes_of(project, path)
        for named in process.starts
        if named.entry is not None and path in starts.reach_of(named.entry)
    ]


def _processes(project: Project, home: str) -> tuple[HerokuProcess, ...]:
    procfile = os.path.join(home, "Procfile")
    starts = starts_of(project)
    own = [each for each in starts.all_named() if each.path == procfile and each.entry is not None]

    def started_by(process: Process) -> tuple[NamedStart, ...]:
        found = tuple(each for each in own if each.start.span == process.command_span)
        found = found or tuple(_of_script(project, home, process.command))
        return found or tuple(_of_honcho(project, home, process.command))

    return tuple(
        HerokuProcess(process.name, started_by(process))
        for process in parse_procfile(project.text_of(procfile) or "")
        if not project.processes or process.name in project.processes
    )


def is_script(program: NamedStart) -> bool:
    """Whether a script starts a program, and not a line of the Procfile itself."""
    return os.path.basename(program.path) != "Procfile"


def given_to_script(project: Project, path: str) -> frozenset[str]:
    """The variables that all commands of the Procfile set which run a script: `A=1 bash start.sh`."""
    home = home_of(path, project.index.files, project.root)
    text = project.text_of(os.path.join(home, "Procfile")) or ""
    scripts = [script_in(process.command) for process in parse_procfile(text)]
    given = [
        frozenset(each.given)
        for each in scripts
        if each is not None and os.path.normpath(os.path.join(home, each.path)) == path
    ]
    return frozenset.intersection(*given) if given else frozenset()


def _of_script(project: Project, home: str, command: str) -> Iterator[NamedStart]:
    """The programs that the script starts which a command runs, from the folder of the app.

    Their variables are those that the command itself sets, and that the script sets for the program alone.
    """
    inner = script_in(command)
    if inner is None:
        return
    path = os.path.normpath(os.path.join(home, inner.path))
    text = project.text_of(path) or ""
    for start in script_starts(text):
        own = {name for each in programs(start.span.of(text)) for name in each.given}
        given = tuple(PresetVariable(name, start.span) for name in sorted(own.union(inner.given)))
        below = os.path.relpath(home, os.path.dirname(path)) if not start.folder else start.folder
        named = named_start(project, path, replace(start, folder=below, given=given))
        if named.entry is not None:
            yield named


def _of_honcho(project: Project, home: str, command: str) -> Iterator[NamedStart]:
    """The programs of another Procfile that `honcho start` runs, which loads an env file before."""
    started = honcho_start(command)
    if started is None or started.procfile == "Procfile":
        return
    path = os.path.normpath(os.path.join(home, started.procfile))
    for process in parse_procfile(project.text_of(path) or ""):
        if started.names and process.name not in started.names:
            continue
        for start in script_starts(process.command):
            below = os.path.relpath(home, os.path.dirname(path)) if not start.folder else start.folder
            env_files = (*started.env_files, *start.env_files)
            named = named_start(project, path, replace(start, folder=below, env_files=env_files))
            if named.entry is not None:
                yield named
