"""Readers for which the byte order mark of an env file is part of its first name."""

from __future__ import annotations

from collections.abc import Container

from configvars.model import Definition, FileFacts, Variable
from configvars.project import Project
from configvars.runs.env_readers import PYTHON_DOTENV, is_behind_mark, keeps_the_mark, program_readers
from configvars.text import Span


def hidden_by_mark(facts: FileFacts, project: Project) -> tuple[Definition, str] | None:
    """The first line of an env file and a reader for which a byte order mark is part of the name in it.

    None if any library of the project ignores the mark and may load the file.
    """
    first = min(facts.definitions, key=lambda each: each.span, default=None)
    if first is None or first.declaration or not is_behind_mark(project, facts.path, first.span.start):
        return None
    readers = program_readers(project)
    if PYTHON_DOTENV in readers and not keeps_the_mark(project, PYTHON_DOTENV, facts.path):
        return None
    keeping = [reader for reader in readers if keeps_the_mark(project, reader, facts.path)]
    if not keeping:
        return None
    return first, f"{PYTHON_DOTENV} before 1.2.3" if keeping[0] == PYTHON_DOTENV else keeping[0]


def place_behind_mark(project: Project, files: Container[str], name: str) -> tuple[str, Span] | None:
    """The place of a variable in one of some env files, if it is behind a byte order mark."""
    for found in project.index.definitions(Variable("env", name)):
        span = found.definition.span
        is_here = found.path in files and not found.definition.declaration
        if is_here and is_behind_mark(project, found.path, span.start):
            return found.path, span
    return None
