"""Above each variable of an env file: who reads it, and how the apps stand to it."""

from __future__ import annotations

from configvars.features.heroku import app_states, comparable_in
from configvars.features.references import references_to
from configvars.features.results import Lens
from configvars.model import Definition
from configvars.project import Project


def code_lens(project: Project, path: str) -> tuple[Lens, ...]:
    """A lens for each variable of an env file or template, such as `3 references · set on shop · differs`."""
    facts = project.index.files.get(path)
    if facts is None or facts.kind != "dotenv":
        return ()
    text = project.text_of(path) if project.apps else None
    return tuple(_lens(project, definition, text or "") for definition in facts.definitions)


def _lens(project: Project, definition: Definition, text: str) -> Lens:
    places = references_to(project, definition.variable)
    count = len(places)
    words = ["1 reference" if count == 1 else f"{count or 'no'} references"]
    if project.apps:
        states = app_states(project, definition.variable.name, comparable_in(text, definition))
        words += (state.short for state in states)
    return Lens(definition.span, " · ".join(words), definition.variable.name, places)
