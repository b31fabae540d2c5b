"""The state of a variable on the chosen apps: set or not, its owner, and whether the value is the same."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from configvars.model import Definition
from configvars.project import Project
from configvars.secret import ValueFacts


class AppState(Struct, frozen=True):
    """One app and one variable. `same` compares with the local value; None if that is not known."""

    app: str
    is_set: bool
    addon: str | None = None
    same: bool | None = None

    @property
    def short(self) -> str:
        """A few words, such as `set on shop · differs`."""
        if not self.is_set:
            return f"not on {self.app}"
        compared = {True: " · same", False: " · differs", None: ""}[self.same]
        return f"set on {self.app}{compared}"


def app_states(project: Project, name: str, local: ValueFacts | None) -> Iterator[AppState]:
    """The state of a variable on each app.

    `local` are the facts about the local value, if it can be compared.
    """
    for app in project.apps:
        there = app.variables.get(name)
        if there is None:
            yield AppState(app.app, is_set=False)
        else:
            same = None if local is None else local.digest == there.facts.digest
            yield AppState(app.app, is_set=True, addon=there.addon, same=same)


def comparable(project: Project, path: str, definition: Definition) -> ValueFacts | None:
    """The facts about the value of a definition in the file `path`.

    None for a template, and if other variables are interpolated into the value.
    """
    text = project.text_of(path)
    return None if text is None else comparable_in(text, definition)


def comparable_in(text: str, definition: Definition) -> ValueFacts | None:
    """`comparable`, with the text of the file at hand."""
    if definition.declaration or definition.value is None or definition.value_span is None:
        return None
    return None if "${" in definition.value_span.of(text) else definition.value.facts()
