"""Remarks on why a run does not set a variable, and the places that they name."""

from __future__ import annotations

import os
from collections.abc import Iterable

from configvars.project import Project
from configvars.resolve.env_places import upwards
from configvars.runs.follow import Fact
from configvars.runs.loads import Load, Read
from configvars.runs.seen_by import only_for
from configvars.runs.ways import Run
from configvars.text import Span


def too_late(project: Project, name: str, run: Run) -> str:
    """A remark that the variable is read before code loads the file that sets it.

    Empty if it does not apply.
    """
    load = _first_with(project, name, run.late)
    if load is None or run.first is None:
        return ""
    return f"{place_of_read(project, run.first)} reads it before {_loads(project, load)}"


def only_in_main(project: Project, name: str, run: Run) -> str:
    """A remark that only `python FILE` loads a file with the variable; empty if it does not apply."""
    load = _first_with(project, name, run.in_main)
    return f"{_loads(project, load)} only under python {project.relative(load.loader)}" if load else ""


def unseen(project: Project, name: str, run: Run) -> str:
    """A remark that only reads through a library see a file with the variable; empty if it does not apply."""
    load = _first_with(project, name, run.unseen)
    if load is None:
        return ""
    return f"{_loads(project, load)} only for reads through {only_for(project, load.loader, load.use)}"


def perhaps_later(project: Project, name: str, run: Run) -> str:
    """A remark that a function which is defined after the read loads a file with the variable; or empty."""
    load = _first_with(project, name, run.perhaps)
    if load is None or run.first is None:
        return ""
    read, place = place_of_read(project, run.first), place_of_load(project, load)
    return f"{read} reads it before the function that loads it at {place} is defined"


def _first_with(project: Project, name: str, loads: Iterable[Load]) -> Load | None:
    """The first load of a file with the variable."""
    return next((load for load in loads if any(is_named(project, path, name) for path in load.paths)), None)


def _loads(project: Project, load: Load) -> str:
    """A load as words: `app.py:3 loads .env`."""
    return f"{place_of_load(project, load)} loads {' or '.join(map(project.relative, load.paths))}"


def not_there(project: Project, run: Run) -> str:
    """A remark that a file which code loads does not exist, or is a folder or a dead link; or empty."""
    for load in (step.load for step in run.steps if step.load is not None):
        if not load.paths and load.use.path and not load.use.pattern:
            loads = f"{place_of_load(project, load)} loads {_as_written(project, load)}"
            return f"{loads}, which {_what_is_there(project, load)}"
    return ""


def _what_is_there(project: Project, load: Load) -> str:
    """What is at the path of a load that loads no file, such as `is a folder`."""
    folder, path = os.path.dirname(load.loader), load.use.path or ""
    folders = [folder] if load.use.relative_to == "folder" else [project.root, *upwards(folder, project.root)]
    return project.why_no_file(*(os.path.normpath(os.path.join(each, path)) for each in folders))


def _as_written(project: Project, load: Load) -> str:
    path = load.use.path or ".env"
    return project.relative(path) if os.path.isabs(path) else path


def above(project: Project, load: Load | None) -> str:
    """A remark that a load overrides what the environment sets; empty for None."""
    if load is None:
        return ""
    return f"{place_of_load(project, load)} loads it and overrides the environment"


def place_of_read(project: Project, read: Read) -> str:
    """The place of the read for messages, such as `config.py:3` (1-based line)."""
    path, reference = read
    return place_of_span(project, path, reference.span)


def place_of_fact(project: Project, path: str, fact: Fact) -> str:
    """Such as `app.py:3`."""
    return place_of_span(project, path, fact.span)


def place_of_load(project: Project, load: Load) -> str:
    """The place of the load for messages, such as `app.py:4` (1-based line)."""
    return place_of_span(project, load.loader, load.use.span)


def place_of_span(project: Project, path: str, span: Span) -> str:
    """The place of a span for messages, such as `app.py:3` (1-based line)."""
    return f"{project.relative(path)}:{project.lines_of(path).position(span.start).line + 1}"


def is_named(project: Project, path: str, name: str) -> bool:
    """Whether an env file has a line with the variable."""
    facts = project.index.files.get(path)
    return facts is not None and any(d.variable.name == name for d in facts.definitions)
