"""Above each variable of an env file: who reads it, and how the apps stand to it."""

from __future__ import annotations

from functools import cache

from configvars.features.heroku import app_states, comparable_in
from configvars.features.references import references_to
from configvars.features.results import Lens, Locations
from configvars.model import Definition
from configvars.project import Project


def code_lens(project: Project, path: str) -> tuple[Lens, ...]:
    """A lens for each variable of an env file or template, such as `3 references · set on shop · differs`."""
    facts = project.index.files.get(path)
    if facts is None or facts.kind != "dotenv":
        return ()
    text = project.text_of(path) if project.apps else None
    places = cache(lambda variable: references_to(project, variable))
    # A line that a later one overwrites leads nowhere: the places are the same.
    last = {definition.variable: definition for definition in facts.definitions}.values()
    counting = {definition.span for definition in last}
    return tuple(
        _lens(project, one, places(one.variable), text or "", counts=one.span in counting)
        for one in facts.definitions
    )


def _lens(project: Project, definition: Definition, places: Locations, text: str, *, counts: bool) -> Lens:
    count = len(places)
    words = ["1 reference" if count == 1 else f"{count or 'no'} references"]
    if project.apps:
        states = app_states(project, definition.variable.name, comparable_in(text, definition))
        words += (state.short for state in states)
    return Lens(definition.span, " · ".join(words), definition.variable.name, places if counts else ())
