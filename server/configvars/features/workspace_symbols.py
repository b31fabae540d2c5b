"""Find variables by part of their name, anywhere in the folder."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.features.results import NamedPlace
from configvars.model import Place, Variable
from configvars.project import Project

LIMIT = 500


def workspace_symbols(project: Project, query: str) -> tuple[NamedPlace, ...]:
    """The variables whose names contain the letters of `query` in order.

    Each has the places that set it or, if there are none, those that read it.
    """
    variables = sorted(
        {*project.index.defined(), *project.index.referenced()}, key=lambda v: (v.name, v.scope)
    )
    matching = (variable for variable in variables if _matches(variable.name, query))
    found = (place for variable in matching for place in _places(project, variable))
    return tuple(place for place, _ in zip(found, range(LIMIT), strict=False))


def _places(project: Project, variable: Variable) -> Iterator[NamedPlace]:
    defining = project.index.definitions(variable)
    places = list(dict.fromkeys(Place(project.own(d.path), d.definition.span) for d in defining))
    if not places:
        places = [Place(r.path, r.reference.span) for r in project.index.references(variable)][:1]
    for place in places:
        yield NamedPlace(variable.name, place, project.relative(place.path))


def _matches(name: str, query: str) -> bool:
    letters = iter(name.casefold())
    return all(letter in letters for letter in query.casefold() if not letter.isspace())
