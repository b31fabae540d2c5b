"""How the apps of a folder are served, according to its files: by which program, in how many processes."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.entries import starts_of
from configvars.runs.named import NamedStart

_MANY = frozenset({"gunicorn", "uwsgi", "hypercorn", "uvicorn", "granian"})
# In a shell's words, or as an array of a Dockerfile: `["gunicorn", "-w", "1", "app:app"]`.
_ONE = lazy_pattern(r"(?<![\w-])(?:-w|--workers)(?:[\"',= ]*)1(?![\w.])|(?<![\w-])--preload(?![\w-])")
_IMPORTING = _MANY | {"flask", "waitress-serve", "mod_wsgi-express", "daphne"}


def importing_server(project: Project, path: str) -> str | None:
    """The file that shows that a server imports the code in `path`, if no file runs it as a program."""
    starts = list(_starts(project, path))
    if any(named.entry is not None and named.entry.main and named.entry.path == path for named in starts):
        return None
    return next((named.path for named in starts if _program(named) in _IMPORTING), None)


def many_processes(project: Project, path: str) -> str | None:
    """The file that shows that several processes may serve the app in `path`: workers of a server."""
    starts = _starts(project, path)
    found = (named for named in starts if _program(named) in _MANY and not _is_one(project, named))
    return next((named.path for named in found), None)


def _is_one(project: Project, named: NamedStart) -> bool:
    """Whether a command starts one worker, or imports the app once, before it makes its workers."""
    return _ONE.search(named.start.span.of(project.text_of(named.path) or "")) is not None


def _program(named: NamedStart) -> str:
    return named.start.label.partition(" ")[0]


def _starts(project: Project, path: str) -> Iterator[NamedStart]:
    """The programs that lead to the code in `path`, or may do so: files in its folder and above name them."""
    folder = os.path.dirname(path)
    starts = starts_of(project)
    for named in starts.all_named():
        if named.entry is None:
            above = os.path.dirname(named.path)
            if folder == above or folder.startswith(above.rstrip(os.sep) + os.sep):
                yield named
        elif path in starts.reach(named.entry.path):
            yield named
