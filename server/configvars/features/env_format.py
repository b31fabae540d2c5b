"""Formatting and sorting of env files and their templates."""

from __future__ import annotations

from configvars.edits import sort, tidy
from configvars.model import FileEdit, Fix, TextEdit
from configvars.project import Project
from configvars.sources.dotenv import KIND


def format_env_file(project: Project, path: str) -> tuple[TextEdit, ...]:
    """The edits that remove blanks that no reader sees; none for other kinds of files."""
    text = _text(project, path)
    return tidy(text, project.statements(path)) if text is not None else ()


def sort_env_file(project: Project, path: str) -> Fix | None:
    """The action that sorts each paragraph of an env file by name; None if everything is in order."""
    text = _text(project, path)
    edits = sort(text, project.statements(path)) if text is not None else ()
    return Fix("Sort the variables by name", (FileEdit(path, edits),)) if edits else None


def _text(project: Project, path: str) -> str | None:
    """The text of an env file.

    None if the file starts with a byte order mark, which the text does not contain.
    """
    facts = project.index.files.get(path)
    if facts is None or facts.kind != KIND or project.has_byte_order_mark(path):
        return None
    return project.text_of(path)
