"""Readers for which the byte order mark of an env file is part of its first name."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.env_readers import (
    DECOUPLE,
    DJANGO_ENVIRON,
    DYNACONF,
    PYTHON_DOTENV,
    STARLETTE,
    is_read_by_python_dotenv,
    program_readers,
)
from configvars.model import Definition, FileFacts
from configvars.pinned import is_older
from configvars.project import Project

# python-dotenv ignores the mark since this version; the other libraries never do.
_IGNORED_SINCE = (1, 2, 3)
_NEVER = frozenset({DECOUPLE, DJANGO_ENVIRON, DYNACONF, STARLETTE})


def hidden_by_mark(facts: FileFacts, project: Project) -> tuple[Definition, str] | None:
    """The first line of an env file and a reader for which a byte order mark is part of the name in it."""
    first = min(facts.definitions, key=lambda each: each.span, default=None)
    if first is None or first.declaration or first.span.start > 0:
        return None
    if not project.has_byte_order_mark(facts.path):
        return None
    reader = next(_readers(project), None)
    return (first, reader) if reader is not None else None


def _readers(project: Project) -> Iterator[str]:
    yield from (each for each in program_readers(project) if each in _NEVER)
    if is_read_by_python_dotenv(project) and is_older(project, "python-dotenv", _IGNORED_SINCE):
        yield f"{PYTHON_DOTENV} before 1.2.3"
