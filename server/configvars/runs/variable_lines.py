"""The places that set or list a variable, in the dialects of the libraries through which code reads it."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.index import LocatedDefinition
from configvars.model import Definition, Variable
from configvars.project import Project
from configvars.runs.env_readers import others_find
from configvars.runs.givers import env_files

_IGNORES_CASE = "pydantic-settings"


def lines_for(project: Project, variable: Variable) -> Iterator[LocatedDefinition]:
    """The places that set or list a variable, with those that only the library of one of its reads finds.

    python-decouple reads each line of a value of several lines, and pydantic ignores case.
    """
    found = list(project.index.definitions(variable))
    yield from found
    if variable.scope != "env":
        return
    seen = {each.path for each in found}
    for path in env_files(project):
        given = others_find(project, path, variable.name) if path not in seen else None
        if given is not None:
            yield LocatedDefinition(path, Definition(variable, given.span, "dotenv", value=given.value))
    if any(each.reference.idiom == _IGNORES_CASE for each in project.index.references(variable)):
        for other in _in_other_case(project, variable.name):
            yield from project.index.definitions(other)


def _in_other_case(project: Project, name: str) -> Iterator[Variable]:
    def find() -> dict[str, list[Variable]]:
        found: dict[str, list[Variable]] = {}
        for each in sorted(project.index.defined()):
            if each.scope == "env":
                found.setdefault(each.name.lower(), []).append(each)
        return found

    same = project.remembered("defined names in lower case", find).get(name.lower(), ())
    return (each for each in same if each.name != name)
