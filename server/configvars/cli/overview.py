"""The inventory as text: a row for each variable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from configvars.catalog import never_missing
from configvars.checks.library_use import LibraryUse
from configvars.cli.places import Places
from configvars.cli.terminal import Style, table
from configvars.features.drift import doubts
from configvars.index import LocatedReference
from configvars.model import Access, Need, Scope, Variable
from configvars.printable import printable
from configvars.project import Project
from configvars.runs.givers import gives, with_why
from configvars.runs.variable_lines import lines_for

_TITLES: dict[Scope, str] = {"env": "Environment variables", "flask": "Flask config keys"}
# The need of a variable is the strongest need of its reads.
_NEEDIEST_FIRST = tuple(Need)


def overview(project: Project, style: Style) -> str:
    """Tables of the variables by scope, and the number of reads whose names are not known."""
    places = Places(project)
    unsure = doubts(project, project.index.files.values())
    maybe = {name: [f"may be {with_why(project, path)}" for path in paths] for name, paths in unsure.items()}
    variables = sorted({*project.index.referenced(), *project.index.defined()})
    parts = []
    for scope, title in _TITLES.items():
        rows = [_row(variable, project, places, maybe) for variable in variables if variable.scope == scope]
        if rows:
            parts.append(f"{style.bold(title)} ({len(rows)})\n\n{_table(rows, scope, project, style)}")
    dynamic = [
        f"  {printable(places.at(path, found.span))} {found.idiom}\n"
        for path, facts in sorted(project.index.files.items())
        for found in facts.dynamic
    ]
    if dynamic:
        parts.append(f"{style.bold('Reads whose name is known only at run time')}\n\n{''.join(dynamic)}")
    return "\n".join(parts) or "No config vars found.\n"


def _table(rows: Sequence[Sequence[str]], scope: Scope, project: Project, style: Style) -> str:
    apps = [app.app for app in project.apps] if scope == "env" else []
    headers = ("NAME", "READ BY", "NEED", "SET BY", "LISTED BY", *apps)
    shown = [row[: len(headers)] for row in rows]
    return table(headers, shown, style)


def _row(
    variable: Variable, project: Project, places: Places, maybe: Mapping[str, list[str]]
) -> tuple[str, ...]:
    references = [each for each in project.index.references(variable) if project.own(each.path) == each.path]
    definitions = list(lines_for(project, variable))
    giving = [each for each in definitions if gives(project, each)]
    return (
        variable.name,
        _listed(_readers(variable, references, project, places)),
        _need({found.reference.need for found in references if found.reference.access is not Access.WRITE}),
        _given(variable, [places.at(f.path, f.definition.span) for f in giving], maybe),
        _listed(project.relative(f.path) for f in definitions if f.definition.declaration),
        *("set" if variable.name in app.variables else "-" for app in project.apps),
    )


def _readers(
    variable: Variable, references: Iterable[LocatedReference], project: Project, places: Places
) -> list[str]:
    """The places that read a variable; if there are none, the libraries that read it by themselves."""
    found = [places.at(found.path, found.reference.span) for found in references]
    if found or variable.scope != "env":
        return found
    return [each.called for each in LibraryUse(project).readers(variable.name)]


def _given(variable: Variable, places: Sequence[str], maybe: Mapping[str, list[str]]) -> str:
    if not places and variable.scope == "env" and variable.name in maybe:
        return _listed(maybe[variable.name])
    if not places and variable.scope == "env" and never_missing(variable.name):
        return "the platform"
    return _listed(places)


def _listed(places: Iterable[str]) -> str:
    """The first place, and the number of the others."""
    each = list(dict.fromkeys(places))
    more = f" +{len(each) - 1}" if len(each) > 1 else ""
    return f"{each[0]}{more}" if each else "-"


def _need(needs: set[Need | None]) -> str:
    return next((str(need) for need in _NEEDIEST_FIRST if need in needs), "-")
