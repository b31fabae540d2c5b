"""Go to definition: from code to where the variable is set, from an env file to the code that reads it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from configvars.features.at import variable_at
from configvars.features.results import Locations
from configvars.model import Access, Place, Variable
from configvars.project import Project
from configvars.runs.givers import givers


def definition(project: Project, path: str, offset: int) -> Locations:
    """The places that set the variable at an offset; at such a place, the places that read it.

    The files that apply to `path` come first. If nothing sets the variable, the places that list it;
    otherwise the literal that contains its name, if that is elsewhere.
    """
    found = variable_at(project, path, offset)
    if found is None:
        return ()
    if found.definition is not None:
        return _readers(project, found.variable)
    places = _givers(project, path, found.variable)
    if not places and found.reference is not None and found.reference.written_at is not None:
        written = project.place(found.reference.written_at)
        return () if written is None else (written,)
    return places


def _readers(project: Project, variable: Variable) -> Locations:
    return _once(
        project,
        (
            Place(found.path, found.reference.span)
            for found in project.index.references(variable)
            if found.reference.access is not Access.WRITE
        ),
    )


def _givers(project: Project, path: str, variable: Variable) -> Locations:
    counting = givers(project, path).files
    found = list(project.index.definitions(variable))
    giving = [each for each in found if not each.definition.declaration]
    giving.sort(key=lambda each: each.path not in counting)
    return _once(project, (Place(each.path, each.definition.span) for each in giving or found))


def _once(project: Project, places: Iterable[Place]) -> Locations:
    """The places, each once: a file to which symbolic links lead as well has only one of its paths."""
    return tuple(dict.fromkeys(replace(place, path=project.own(place.path)) for place in places))
