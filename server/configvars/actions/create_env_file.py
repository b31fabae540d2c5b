"""The first env file of a folder."""

from __future__ import annotations

from configvars.catalog import never_missing
from configvars.model import FileEdit, Need, TextEdit
from configvars.project import Project
from configvars.text import Span


def from_template(path: str, template: str) -> FileEdit:
    """Create the env file `path` (absolute) with the text of a template."""
    return _created(path, template)


def from_code(path: str, project: Project) -> FileEdit | None:
    """Create the env file with the names that the code reads, and no values.

    Variables that are not required are commented out, because an empty value differs from an unset
    variable. None if the code reads nothing.
    """
    lines = [f"{name}=" for name in needed_names(project, Need.REQUIRED)]
    optional = [name for name in needed_names(project, Need.OPTIONAL) if f"{name}=" not in lines]
    lines += [f"# {name}=" for name in optional]
    return _created(path, "".join(line + "\n" for line in lines)) if lines else None


def needed_names(project: Project, need: Need) -> list[str]:
    """The names that code reads with this need and that an env file can set, sorted."""
    return [
        variable.name
        for variable in project.index.referenced()
        if variable.scope == "env"
        and not never_missing(variable.name)
        and any(found.reference.need is need for found in project.index.references(variable))
    ]


def _created(path: str, text: str) -> FileEdit:
    return FileEdit(path, (TextEdit(Span(0, 0), text),), create=True)
