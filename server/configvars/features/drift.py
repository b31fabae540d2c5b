"""Where each variable is and where it is not: code, env files, templates, app.json, every app. No values."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from configvars.catalog import never_missing
from configvars.features.heroku import app_states, comparable
from configvars.model import Definition, Need, Variable
from configvars.project import Project

ColumnKind = Literal["env-file", "template", "app.json", "app"]
State = Literal["set", "empty", "declared", "same", "differs", "missing"]

_NEEDS = (Need.REQUIRED, Need.OPTIONAL, Need.DEFAULTED, Need.GUARDED)
_ORDER: tuple[ColumnKind, ...] = ("env-file", "template", "app.json", "app")


@dataclass(frozen=True, slots=True)
class Column:
    """A place that can give or declare a variable: a file (path relative to the root) or an app, by name."""

    kind: ColumnKind
    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How a variable stands in one place.

    Files: `set`, `empty`, `declared` or `missing`. Apps: `same` and `differs` compare with the first env
    file that gives the variable, `set` where that cannot be told; `addon` owns it there.
    """

    state: State
    addon: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One variable. `need`: what the code that needs it most says; None where no code reads it.

    `given` is True for what the platform or the operating system gives: it is missing nowhere. `missing`
    names the places (env files together, each app) that lack what the code cannot do without.
    """

    name: str
    need: Need | None
    given: bool
    cells: tuple[Cell, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drift:
    """The matrix: the cells of each row stand in the order of the columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def drifts(self) -> bool:
        """Whether something the code cannot do without is missing somewhere."""
        return any(row.missing for row in self.rows)


def drift(project: Project) -> Drift:
    """Compare all places of a folder and its chosen apps, for the variables of the environment, by name."""
    columns = tuple(_columns(project))
    return Drift(columns, tuple(_row(project, name, columns) for name in _names(project)))


def _columns(project: Project) -> Iterator[Column]:
    found = {Column(_kind(path, facts.definitions), project.relative(path))
             for path, facts in project.index.files.items()
             if facts.kind in ("dotenv", "app.json") and facts.definitions}  # fmt: skip
    yield from sorted(found, key=lambda column: (_ORDER.index(column.kind), column.name))
    yield from (Column("app", app.app) for app in project.apps)


def _kind(path: str, definitions: tuple[Definition, ...]) -> ColumnKind:
    if os.path.basename(path) == "app.json":
        return "app.json"
    return "template" if definitions[0].declaration else "env-file"


def _names(project: Project) -> list[str]:
    """All names but those that only the platform or the system gives and code merely reads."""
    read = {v.name for v in project.index.referenced() if v.scope == "env" and not never_missing(v.name)}
    defined = {v.name for v in project.index.defined() if v.scope == "env"}
    return sorted(read | defined | {name for app in project.apps for name in app.variables})


def _row(project: Project, name: str, columns: tuple[Column, ...]) -> Row:
    variable = Variable("env", name)
    need = _need(project, variable)
    definitions = {
        project.relative(found.path): (found.path, found.definition)
        for found in project.index.definitions(variable)
    }
    giving = (definitions[c.name] for c in columns if c.kind == "env-file" and c.name in definitions)
    local = next((comparable(project, *found) for found in giving), None)
    apps = {
        state.app: Cell(_app_state(state.is_set, state.same), state.addon)
        for state in app_states(project, name, local)
    }
    cells = tuple(
        apps[column.name] if column.kind == "app" else _file_cell(definitions.get(column.name))
        for column in columns
    )
    given = never_missing(name)
    missing = tuple(_missing(columns, cells)) if need is Need.REQUIRED and not given else ()
    return Row(name, need, given, cells, missing)


def _need(project: Project, variable: Variable) -> Need | None:
    needs = {found.reference.need for found in project.index.references(variable)}
    return next((need for need in _NEEDS if need in needs), None)


def _file_cell(found: tuple[str, Definition] | None) -> Cell:
    if found is None:
        return Cell("missing")
    definition = found[1]
    if definition.declaration:
        return Cell("declared")
    return Cell("empty" if definition.value is None or definition.value.facts().is_empty else "set")


def _app_state(is_set: bool, same: bool | None) -> State:
    if not is_set:
        return "missing"
    if same is None:
        return "set"
    return "same" if same else "differs"


def _missing(columns: tuple[Column, ...], cells: tuple[Cell, ...]) -> Iterator[str]:
    local = [cell for column, cell in zip(columns, cells, strict=True) if column.kind == "env-file"]
    if local and all(cell.state == "missing" for cell in local):
        yield "env files"
    for column, cell in zip(columns, cells, strict=True):
        if column.kind == "app" and cell.state == "missing":
            yield column.name
