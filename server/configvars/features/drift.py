"""Where each variable is set and where it is missing: env files, templates, app.json, apps. No values."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from configvars.catalog import never_missing
from configvars.checks.misread import misread
from configvars.checks.missing import Missing, at
from configvars.checks.missing_in_service import called, reads_without_service
from configvars.checks.not_on_heroku import missing_on_apps
from configvars.checks.nowhere import nowhere
from configvars.features.heroku import app_states, comparable
from configvars.features.unread_code import unread_code
from configvars.model import Definition, FileFacts, Need, Severity, Variable
from configvars.project import Project
from configvars.resolve.env_files import is_env_file
from configvars.runs.bare_names import is_bare
from configvars.runs.givers import gives, is_test, with_why
from configvars.runs.variable_lines import lines_for
from configvars.slices import result

ColumnKind = Literal["env-file", "template", "app.json", "app"]
State = Literal["set", "empty", "declared", "same", "differs", "missing", "unknown"]

_NEEDS = (Need.REQUIRED, Need.OPTIONAL, Need.DEFAULTED, Need.GUARDED)
ENV_FILES = "env files"
"""The name for all env files of this machine together in `missing`."""
_ORDER: tuple[ColumnKind, ...] = ("env-file", "template", "app.json", "app")


class Column(Struct, frozen=True):
    """A place that can set or list a variable: a file (path relative to the root) or an app, by name.

    `unread`: the description of the file for people, if it could not be read.
    """

    kind: ColumnKind
    name: str
    unread: str = ""


class Cell(Struct, frozen=True):
    """The state of a variable in one place.

    Files: `set`, `empty`, `declared`, `missing`, or `unknown` if the file could not be read; a name without
    `=` sets nothing, so it is `missing`. Apps: `same`
    and `differs` compare with the first env file that sets the variable, `set` if that is not known;
    `addon` owns it there.
    """

    state: State
    addon: str | None = None


class Row(Struct, frozen=True):
    """One variable. `need`: the strongest need of all reads; None if no code reads it.

    `given` is True if the platform or the operating system sets it; then it is never missing. `missing` names
    the places (env files together, each Compose service, each app, a file that code loads and that does not
    exist) where a required variable is not set;
    `maybe` the unreadable env files that alone may set it. `bare` are lines that are only its name.
    """

    name: str
    need: Need | None
    given: bool
    cells: tuple[Cell, ...]
    missing: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


class Drift(Struct, frozen=True):
    """The matrix; the cells of each row are in the order of the columns.

    `skipped`: the code that was not read, with the reasons; the matrix does not contain what it needs.
    `unread` are the descriptions for people of the files in `Row.maybe`.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    skipped: tuple[str, ...] = ()
    unread: Mapping[str, str] = field(default_factory=dict)

    @property
    def drifts(self) -> bool:
        """Whether a required variable is missing somewhere."""
        return any(row.missing for row in self.rows)


def drift(project: Project, below: str = "") -> Drift:
    """Compare all files of a folder and its chosen apps, for environment variables, ordered by name.

    `below`: compare only what the files below this folder read, set and list.
    """
    return result(comparing(project, below))


def comparing(project: Project, below: str = "") -> Generator[None, None, Drift]:
    """`drift`, in slices."""
    files = [facts for path, facts in project.index.files.items() if path.startswith(os.path.join(below, ""))]
    columns = tuple(_columns(project))
    lacking = yield from _lacking(project, files)
    yield
    unsure = doubts(project, files)
    yield
    why = {project.relative(path): with_why(project, path) for found in unsure.values() for path in found}
    yield
    misread_files = dict(_misread(project, columns))
    why |= misread_files
    yield
    rows: list[Row] = []
    for name in _names(project, files) if below else _all_names(project):
        row = _row(project, name, columns)
        maybe = relative(project, unsure.get(row.name, ())) or _only_in(misread_files, row, columns)
        rows.append(replace(row, missing=lacking.get(row.name, ()), maybe=maybe))
        yield
    return Drift(columns, tuple(rows), tuple(unread_code(project)), why)


def _misread(project: Project, columns: Iterable[Column]) -> Iterator[tuple[str, str]]:
    """The env files whose loading fails, because code reads them in another encoding, with descriptions."""
    for column in columns:
        path = os.path.join(project.root, column.name)
        if column.kind == "env-file" and not column.unread and path in project.index.files:
            fails = any(severity is Severity.ERROR for severity, _ in misread(path, project, None))
            if fails:
                yield column.name, f"{column.name} (read in another encoding)"


def _only_in(files: Mapping[str, str], row: Row, columns: Iterable[Column]) -> tuple[str, ...]:
    """The files that alone set a variable which the code needs; empty if another place sets it, too."""
    if not files or row.need not in (Need.REQUIRED, Need.OPTIONAL):
        return ()
    cells = zip(columns, row.cells, strict=True)
    setting = [at.name for at, cell in cells if at.kind == "env-file" and cell.state in ("set", "empty")]
    return tuple(setting) if all(name in files for name in setting) else ()


def _columns(project: Project) -> Iterator[Column]:
    """Every env file, including empty ones, in which variables can be missing."""
    files = project.index.files
    found = {
        Column(_kind(path, project), project.relative(path), with_why(project, path) if facts.skipped else "")
        for path, facts in files.items()
        if is_env_file(path, files) or (facts.kind in ("dotenv", "app.json") and facts.definitions)
    }
    yield from sorted(found, key=lambda column: (_ORDER.index(column.kind), column.name))
    yield from (Column("app", app.app) for app in project.apps)


def _kind(path: str, project: Project) -> ColumnKind:
    if os.path.basename(path) == "app.json":
        return "app.json"
    return "env-file" if is_env_file(path, project.index.files) else "template"


def _lacking(
    project: Project, files: Iterable[FileFacts]
) -> Generator[None, None, dict[str, tuple[str, ...]]]:
    """The places that lack a variable that some files require, by name, according to the checks."""
    places: dict[str, set[str]] = {}
    services: set[str] = set()
    for facts in files:
        yield
        missing = Missing(facts, project)
        yield from missing.looking()
        for reference in missing.reads(Need.REQUIRED):
            if reference.switch is None:
                places.setdefault(reference.variable.name, set()).add(ENV_FILES)
        for reference, failing in reads_without_service(missing, facts, project) if missing.by else ():
            labels = {called(each, project) for each in failing}
            places.setdefault(reference.variable.name, set()).update(labels)
            services |= labels
        for reference, apps in missing_on_apps(facts, project):
            places.setdefault(reference.variable.name, set()).update(apps)
        for lost in nowhere(facts, project):
            if lost.severity is Severity.WARNING and not is_test(project, facts.path):
                file = f"{lost.use.path}, which does not exist"
                services.add(file)
                for name in lost.names:
                    places.setdefault(name, set()).add(file)
    order = [ENV_FILES, *sorted(services), *(app.app for app in project.apps)]
    return {name: tuple(place for place in order if place in found) for name, found in places.items()}


def _names(project: Project, files: Iterable[FileFacts]) -> list[str]:
    """The names that some files read, set or list, except those that only the platform sets."""
    found = {each.variable for facts in files for each in facts.references}
    found |= {each.variable for facts in files for each in facts.definitions}
    return sorted(each.name for each in found if each.scope == "env" and not never_missing(each.name))


def _all_names(project: Project) -> list[str]:
    """All names except those that only the platform or the operating system sets."""
    read = {v.name for v in project.index.referenced() if v.scope == "env" and not never_missing(v.name)}
    defined = {v.name for v in project.index.defined() if v.scope == "env"}
    return sorted(read | defined | {name for app in project.apps for name in app.variables})


def doubts(project: Project, files: Iterable[FileFacts]) -> dict[str, tuple[str, ...]]:
    """The unreadable env files that alone may set a variable that some files read, by its name."""
    found: dict[str, set[str]] = {}
    for facts in files:
        for reference, paths in Missing(facts, project).in_doubt():
            found.setdefault(reference.variable.name, set()).update(paths)
    return {name: tuple(sorted(paths)) for name, paths in found.items()}


def relative(project: Project, paths: Iterable[str]) -> tuple[str, ...]:
    """Paths for messages, sorted."""
    return tuple(sorted(map(project.relative, paths)))


def _row(project: Project, name: str, columns: tuple[Column, ...]) -> Row:
    variable = Variable("env", name)
    need = _need(project, variable)
    found = list(lines_for(project, variable))
    bare = [each for each in found if is_bare(each.definition) and not gives(project, each)]
    definitions = {
        project.relative(each.path): (each.path, each.definition)
        for each in sorted(found, key=lambda one: not is_bare(one.definition))
        if each.definition.declaration or gives(project, each)
    }
    giving = (definitions[c.name] for c in columns if c.kind == "env-file" and c.name in definitions)
    local = next((comparable(project, *found) for found in giving), None)
    apps = {
        state.app: Cell(_app_state(state.is_set, state.same), state.addon)
        for state in app_states(project, name, local)
    }
    cells = tuple(
        apps[column.name] if column.kind == "app" else _file_cell(definitions.get(column.name), column.unread)
        for column in columns
    )
    places = tuple(at(project, each.path, each.definition.span) for each in bare)
    return Row(name, need, never_missing(name), cells, bare=places)


def _need(project: Project, variable: Variable) -> Need | None:
    needs = {found.reference.need for found in project.index.references(variable)}
    return next((need for need in _NEEDS if need in needs), None)


def _file_cell(found: tuple[str, Definition] | None, unread: str) -> Cell:
    if found is None:
        return Cell("unknown" if unread else "missing")
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
