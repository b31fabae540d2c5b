"""Find all references of a variable, in every kind of file."""

from __future__ import annotations

from configvars.features.at import variable_at
from configvars.features.results import Locations
from configvars.model import Place, Variable
from configvars.project import Project


def references(project: Project, path: str, offset: int, *, declarations: bool) -> Locations:
    """Every place that refers to the variable at an offset.

    `declarations`: also the places that set or list it.
    """
    found = variable_at(project, path, offset)
    return () if found is None else references_to(project, found.variable, declarations=declarations)


def references_to(project: Project, variable: Variable, *, declarations: bool = False) -> Locations:
    """Every place that refers to a variable, sorted by path and place.

    `declarations`: first the places that set or list it.
    """
    index = project.index
    defining = [Place(project.own(d.path), d.definition.span) for d in index.definitions(variable)]
    referring = [Place(project.own(r.path), r.reference.span) for r in index.references(variable)]
    return tuple(dict.fromkeys([*(defining if declarations else []), *referring]))
