"""All variables of a folder for a client's view: where each is read, set and listed. No values."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import TYPE_CHECKING

from lsprotocol import types as t

from configvars.features.drift import Column, Row, comparing
from configvars.limits import SHOWN
from configvars.lsp.apps import utc
from configvars.lsp.convert.view import View
from configvars.model import Finding, Need, Place, Variable
from configvars.printable import printable
from configvars.project import Project

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder
    from configvars.lsp.server import Server

_NO_FINDING = 9
_NEEDS = (Need.REQUIRED, Need.OPTIONAL, Need.DEFAULTED, Need.GUARDED)


def overview(server: Server, folder: Folder) -> Generator[None, None, dict[str, object]]:
    """The answer to `configvars/overview`, described in docs/lsp-extensions.md, in slices.

    Only the rows that need most attention if there are extremely many.
    """
    project = folder.workspace.project()
    view = View(server.client, server.documents, project.text_of)
    worst = _worst(server.publisher.findings_in(folder))
    chosen = server.apps.chosen(folder)
    rows = (yield from _env_rows(project, chosen)) + list(_flask_rows(project))
    yield
    rows.sort(key=lambda row: (_rank(worst.get(row[0])), row[0]))
    known = {snapshot.app: snapshot for snapshot in project.apps}
    unsettled = server.keystrokes.unsettled(project)
    shown: list[dict[str, object]] = []
    for variable, row in rows[: SHOWN.most]:
        if variable not in unsettled:
            places = list(_places(project, variable, view))
            shown.append({**row, **_attention(worst.get(variable)), "places": places})
        yield
    return {
        "version": 1,
        "loading": not folder.loaded,
        "apps": [
            {
                "app": app,
                "production": app in known and known[app].production,
                "fetched": utc(known[app].fetched) if app in known else None,
            }
            for app in chosen
        ],
        "rows": shown,
    }


def _worst(findings: Iterable[Finding]) -> dict[Variable, Finding]:
    """The most severe finding about each variable; of equal ones the first."""
    worst: dict[Variable, Finding] = {}
    for finding in findings:
        if finding.variable and finding.severity.rank < _rank(worst.get(finding.variable)):
            worst[finding.variable] = finding
    return worst


def _rank(finding: Finding | None) -> int:
    return _NO_FINDING if finding is None else finding.severity.rank


def _attention(finding: Finding | None) -> dict[str, object]:
    if finding is None:
        return {"attention": None, "check": None, "message": ""}
    message = printable(finding.message)
    return {"attention": finding.severity.value, "check": finding.check, "message": message}


_RowOf = tuple[Variable, dict[str, object]]


def _env_rows(project: Project, chosen: Iterable[str]) -> Generator[None, None, list[_RowOf]]:
    found = yield from comparing(project)
    rows: list[_RowOf] = []
    for row in found.rows:
        local = _local(row, found.columns, project)
        told: dict[str, object] = {
            "name": row.name,
            "scope": "env",
            "need": row.need.value if row.need else None,
            "local": local,
            "apps": list(_app_states(row, found.columns, chosen, is_empty=local == "empty")),
        }
        rows.append((Variable("env", row.name), told))
        yield
    return rows


def _local(row: Row, columns: Iterable[Column], project: Project) -> str:
    states = {
        cell.state for column, cell in zip(columns, row.cells, strict=True) if column.kind == "env-file"
    }
    otherwise = "unknown" if project.partial else "missing"
    return next((state for state in ("set", "empty", "unknown") if state in states), otherwise)


def _app_states(
    row: Row, columns: Iterable[Column], chosen: Iterable[str], *, is_empty: bool
) -> Iterator[dict[str, object]]:
    """The state of a variable on each chosen app; unknown until the app's config vars are fetched.

    `is_empty`: it is empty here, so that no value differs from another one.
    """
    same = {"same": True, "differs": None if is_empty else False}
    cells = {
        column.name: cell for column, cell in zip(columns, row.cells, strict=True) if column.kind == "app"
    }
    for app in chosen:
        cell = cells.get(app)
        yield {
            "app": app,
            "state": "unknown" if cell is None else "missing" if cell.state == "missing" else "set",
            "same": same.get(cell.state) if cell else None,
            "addon": cell.addon if cell else None,
        }


def _flask_rows(project: Project) -> Iterator[_RowOf]:
    index = project.index
    for variable in sorted({*index.referenced(), *index.defined()}):
        if variable.scope == "flask":
            needs = {found.reference.need for found in index.references(variable)}
            given = any(not found.definition.declaration for found in index.definitions(variable))
            need = next((need.value for need in _NEEDS if need in needs), None)
            local = "set" if given else "missing"
            name = variable.name
            yield variable, {"name": name, "scope": "flask", "need": need, "local": local, "apps": []}


def _places(project: Project, variable: Variable, view: View) -> Iterator[dict[str, object]]:
    index = project.index
    for given in index.definitions(variable):
        role = "declaration" if given.definition.declaration else "definition"
        yield from _place(role, Place(given.path, given.definition.span), project, view)
    for read in index.references(variable):
        yield from _place("reference", Place(read.path, read.reference.span), project, view)


def _place(role: str, place: Place, project: Project, view: View) -> Iterator[dict[str, object]]:
    location: t.Location | None = view.location(place)
    if location:
        label = printable(f"{project.relative(place.path)}:{location.range.start.line + 1}")
        yield {"role": role, "uri": location.uri, "range": location.range, "label": label}
