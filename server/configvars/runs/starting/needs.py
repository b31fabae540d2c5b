"""The variables that programs of the Procfile need while they start, although a read accepts None."""

from __future__ import annotations

from collections.abc import Mapping

from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.entries import Starts
from configvars.runs.follow import Entry
from configvars.runs.heroku_processes import processes_of
from configvars.runs.named import NamedStart
from configvars.runs.starting.calls import Calls
from configvars.runs.starting.expressions import Expressions
from configvars.runs.starting.machine import EndedError, LeftError, Machine, ReturnedError, Use, is_soft
from configvars.runs.starting.statements import Statements
from configvars.runs.starting.values import UNKNOWN, Function, Read


def needs_of_programs(project: Project) -> Mapping[Read, Use]:
    """What the programs of all Procfiles of a folder need."""
    soft = [path for path, facts in project.index.files.items() if any(map(is_soft, facts.references))]
    soft = [path for path in soft if project.index.files[path].kind == "python"]
    homes = {home_of(path, project.index.files, project.root): path for path in soft}
    starts = project.remembered("starts", lambda: Starts(project))
    found: dict[Read, Use] = {}
    for path in homes.values():
        processes = processes_of(project, path)
        named = {each.entry: each for process in processes for each in process.starts if each.entry}
        for entry, start in named.items():
            leading = starts.reach_of(entry).leading_to(soft)
            if leading:
                is_plain = f"{entry.then}(" not in _command(project, start).replace("()", "")
                for read, use in _of_program(project, entry, leading, defaults=is_plain).items():
                    found.setdefault(read, use)
    return found


def _command(project: Project, start: NamedStart) -> str:
    return start.start.span.of(project.text_of(start.path) or "")


def _of_program(
    project: Project, entry: Entry, leading: frozenset[str], *, defaults: bool = True
) -> Mapping[Read, Use]:
    """What a program needs; `defaults`: the function that makes its app gets no arguments."""
    machine = Machine(project, leading)
    expressions = Expressions(machine)
    calls = expressions.calls = Calls(machine, expressions)
    statements = calls.statements = Statements(machine, expressions)
    try:
        for package in entry.packages:
            machine.module(statements, package)
        module = machine.module(statements, entry.path, main=entry.main)
        started = module.names.get(entry.then, UNKNOWN).known if module is not None and entry.then else None
        if isinstance(started, Function):
            given = started.defaults if defaults else {}
            calls.run(Function(started.node, started.scope, given, started.kind), [], {})
    except (EndedError, LeftError, ReturnedError, RecursionError):
        pass
    return machine.found
