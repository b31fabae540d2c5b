"""Env files with relative paths, in programs that start in a folder which has no such file."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct

from configvars.model import EnvFileUse, FileFacts, Need, Place, Severity
from configvars.project import Project
from configvars.resolve.env_files import file_in, used_file
from configvars.runs.entries import starts_of
from configvars.runs.givers import comes_by_itself
from configvars.runs.named import NamedStart
from configvars.runs.outcomes import outcome
from configvars.runs.ways import Run, local_runs


class Astray(Struct, frozen=True):
    """A load that finds nothing in the working directory of a program, and what the other file sets."""

    use: EnvFileUse
    start: NamedStart
    severity: Severity
    message: str

    @property
    def place(self) -> Place:
        """Where the program is started."""
        return Place(self.start.path, self.start.start.span)


def astray(facts: FileFacts, project: Project) -> Iterator[Astray]:
    """The loads of a file that find nothing where a program starts, although another folder has the file."""
    uses = [use for use in facts.env_files if use.path and use.relative_to == "cwd" and not use.pattern]
    if not uses:
        return
    seen: set[EnvFileUse] = set()
    for named, _ in starts_of(project).named(facts.path):
        for use in uses if named.working_folder is not None else ():
            file = None if use in seen else _elsewhere(use, named.working_folder or "", facts, project)
            names = [] if file is None else list(_lost(use, named, file, facts, project))
            if file is not None and names:
                seen.add(use)
                is_certain = named.start.by == "make" or project.tracked_by_git(file) is True
                severity = Severity.WARNING if is_certain else Severity.INFORMATION
                yield Astray(use, named, severity, _message(use, named, file, names, project))


def _elsewhere(use: EnvFileUse, folder: str, facts: FileFacts, project: Project) -> str | None:
    """The file that the path means if the program starts in another folder; None if it is in this one."""
    files, root = project.index.files, project.root
    beside = os.path.normpath(os.path.join(folder, use.path or ""))
    if file_in(use, folder, files, root) is not None or project.has_file(beside):
        return None
    return used_file(use, facts.path, files, root)


def _lost(use: EnvFileUse, named: NamedStart, file: str, facts: FileFacts, project: Project) -> Iterator[str]:
    """The variables that the file sets, that this code needs, and that nothing sets for the program."""
    given = {each.variable.name for each in project.index.files[file].definitions if each.value is not None}
    for read in facts.references:
        name = read.variable.name
        is_meant = read.need is Need.REQUIRED and not read.switch and not read.instead and name in given
        if is_meant and read.variable.scope == "env" and read.idiom.startswith(use.only_for):
            run = _run_of(named, name, facts, project)
            is_set = run is None or outcome(project, name, run).state != "unset"
            if not is_set and not comes_by_itself(project, facts.path, read.variable):
                yield name


def _run_of(named: NamedStart, name: str, facts: FileFacts, project: Project) -> Run | None:
    return next((run for run in local_runs(project, name, facts.path) if run.named == named), None)


def _message(use: EnvFileUse, named: NamedStart, file: str, names: list[str], project: Project) -> str:
    called = f"{named.start.label} ({project.relative(named.path)})"
    folder = "the top folder" if named.folder == project.root else project.relative(named.folder)
    return (
        f"{use.path} is relative to the working directory: {called} starts in {folder}, which has no such file; "
        f"{project.relative(file)} sets {', '.join(dict.fromkeys(names))}"
    )
