"""What the programs of the Procfile need on the apps while they start, beyond what single reads show."""

from __future__ import annotations

from collections.abc import Mapping

from configvars.checks.app_states import AppStates
from configvars.checks.caught_by_callers import callers
from configvars.checks.deployed import Deployed
from configvars.model import Reference, Variable
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.runs.follow import Entry
from configvars.runs.known_values import Text, Unset
from configvars.runs.needed_at_start import Started, needed_at_start
from configvars.runs.remarks import place_of_span
from configvars.runs.starting.endings import Use
from configvars.runs.starting.values import Read
from configvars.text import Place, Span


def needed_on(project: Project, app: AppSnapshot) -> Mapping[Read, Use]:
    """The reads without whose variables a program fails on an app while it starts, each with the place."""
    return _starts_on(project, app).needs


def settings_on(project: Project, app: AppSnapshot) -> Mapping[Entry, str]:
    """The settings modules of Django that the programs certainly load on an app."""
    return _starts_on(project, app).settings


def is_caught_on(project: Project, app: AppSnapshot, path: str, reference: Reference) -> bool | None:
    """Whether the code on an app catches what a read raises without its variable, and goes on; None if it may.

    Either all programs do so while they start, or all callers of the function around the read.
    """
    if callers(project).is_filled(path, reference, app.variables):
        return True
    start, read = _starts_on(project, app), Read(path, reference.span, reference.variable.name)
    if read in start.needs:
        return False
    seen = start.caught.get(read)
    if callers(project).catch(path, reference, seen):
        return True
    return None if callers(project, lenient=True).catch(path, reference, seen) else False


def _starts_on(project: Project, app: AppSnapshot) -> Started:
    states: dict[str, AppStates] = {}

    def state(path: str, span: Span, name: str) -> Text | Unset | None:
        if path not in states:
            states[path] = AppStates(project, path, Deployed(project, path))
        return states[path].of(app, probe(name, span))

    return needed_at_start(project, app.app, state)


def surely_needed(project: Project, path: str) -> Mapping[str, Mapping[tuple[str, Span], Use]]:
    """By app: the reads in a file, each with its name, without which a program certainly fails at its start."""
    return {
        app.app: {
            (read.name, read.span): use
            for read, use in needed_on(project, app).items()
            if read.path == path and not (use.choices or use.later)
        }
        for app in project.apps
    }


def place_of(place: Place, project: Project) -> str:
    """A place as messages show it, such as `app.py:3`."""
    return place_of_span(project, place.path, place.span)


def probe(name: str, span: Span) -> Reference:
    """A read of a variable at a place, to ask what sets it."""
    return Reference(Variable("env", name), span, "os.environ[]")
