"""How the chosen apps stand to a variable: set or not, by whom, and the same value or another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from configvars.model import Definition
from configvars.project import Project
from configvars.secret import ValueFacts


@dataclass(frozen=True, slots=True)
class AppState:
    """One app and one variable. `same` compares with the local value: None where it cannot be told."""

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


def app_states(project: Project, path: str, local: Definition | None, name: str = "") -> Iterator[AppState]:
    """The state of each app, compared with the value that `local`, in the file `path`, gives.

    Where there is no local definition, `name` is the variable's name.
    """
    value = None if local is None else _value_facts(project, path, local)
    for app in project.apps:
        there = app.variables.get(local.variable.name if local else name)
        if there is None:
            yield AppState(app.app, is_set=False)
        else:
            same = None if value is None else value.digest == there.facts.digest
            yield AppState(app.app, is_set=True, addon=there.addon, same=same)


def _value_facts(project: Project, path: str, local: Definition) -> ValueFacts | None:
    """What is known of a value; None for a template's, and for one that others are interpolated into."""
    text = project.text_of(path)
    if local.declaration or local.value is None or local.value_span is None or text is None:
        return None
    return None if "${" in local.value_span.of(text) else local.value.facts()
