"""Above variables of an env file: what can be done about them and, if the user wants it, who reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from configvars.checks.local_values import from_template, is_held_back
from configvars.features.heroku import AppState, app_states, comparable_in
from configvars.features.references import references_to
from configvars.features.results import Lens, Locations
from configvars.model import Command, Definition, FileFacts
from configvars.project import Project
from configvars.runs.givers import is_empty
from configvars.text import Span


def code_lens(project: Project, path: str) -> tuple[Lens, ...]:
    """A lens for each variable that needs something, such as `Pull from shop`.

    With the setting `all`, one for each variable.
    """
    facts = project.index.files.get(path)
    wanted = project.settings.code_lens
    if facts is None or facts.kind != "dotenv" or wanted == "off":
        return ()
    # A line that a later line overrides sets nothing: the spans are compared.
    last = {definition.variable: definition for definition in facts.definitions}
    counting = {definition.span for definition in last.values()}
    text = (project.text_of(path) or "") if project.apps else ""
    found = list(_actions(project, facts, text, last.values()))
    if wanted == "all":
        found += _references(project, facts, text, counting)
    return tuple(sorted(found, key=lambda lens: lens.span))


def _actions(project: Project, facts: FileFacts, text: str, last: Iterable[Definition]) -> Iterator[Lens]:
    """A pull for what is empty here, or differs from an app while nothing else sets it.

    For what should not be copied from an app, the value of a template.
    """
    for one in last if project.apps else ():
        if is_held_back(project, one.variable.name):
            fixes = from_template(project, one.variable.name, facts.path) if is_empty(one) else ()
            yield from (Lens(one.span, fix.title, one.variable.name, is_fix=True) for fix in fixes)
            continue
        for state in app_states(project, one.variable.name, comparable_in(text, one)):
            if title := _title(one, state):
                argument = {
                    "folder": project.root,
                    "names": [one.variable.name],
                    "app": state.app,
                    "into": facts.path,
                }
                yield Lens(one.span, title, one.variable.name, command=Command("configvars.pull", argument))


def _title(one: Definition, state: AppState) -> str:
    if not state.is_set:
        return ""
    if is_empty(one):
        return "" if state.same else f"Pull from {state.app}"
    return f"Differs from {state.app}: pull…" if state.same is False else ""


def _references(project: Project, facts: FileFacts, text: str, counting: set[Span]) -> Iterator[Lens]:
    places = cache(lambda variable: references_to(project, variable))
    for one in facts.definitions:
        found: Locations = places(one.variable)
        words = ["1 reference" if len(found) == 1 else f"{len(found) or 'no'} references"]
        states = app_states(project, one.variable.name, comparable_in(text, one)) if project.apps else ()
        words += (state.short for state in states)
        shown = found if one.span in counting else ()
        yield Lens(one.span, " · ".join(words), one.variable.name, shown)
