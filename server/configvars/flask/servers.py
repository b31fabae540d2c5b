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
# Other than on Heroku, which sets WEB_CONCURRENCY, these servers start one process by default.
_SEVERAL = lazy_pattern(
    r"(?<![\w-])(?:-w|--workers|-p|--processes|-c|--config|--ini|--yaml|--xml)(?![\w-])|\.ini\b"
)
_SET = lazy_pattern(r"\b(?:WEB_CONCURRENCY|GUNICORN_CMD_ARGS|UWSGI_\w+)\b")
_CONFIG = "gunicorn.conf.py"  # gunicorn reads it from its working directory
_IMPORTING = _MANY | {"flask", "waitress-serve", "mod_wsgi-express", "daphne"}


def importing_server(project: Project, path: str) -> str | None:
    """The file that shows that a server imports the code in `path`, if no file runs it as a program."""
    starts = list(_starts(project, path))
    if any(named.entry is not None and named.entry.main and named.entry.path == path for named in starts):
        return None
    return next((named.path for named in starts if _program(named) in _IMPORTING), None)


def many_processes(project: Project, path: str) -> str | None:
    """The file that shows that several processes may serve the app in `path`: workers of a server."""
    starts = (named for named in _starts(project, path) if _program(named) in _MANY)
    found = (each for each in starts if _may_mean(project, each, path) and _may_be_several(project, each))
    return next((named.path for named in found), None)


def _may_mean(project: Project, named: NamedStart, path: str) -> bool:
    """Whether a command may mean the app: its module is found, or stands next to the app, as in an image."""
    stem = named.start.module.rpartition(".")[2]
    return named.entry is not None or not stem or project.code.has(f"{os.path.dirname(path)}/{stem}.py")


def _may_be_several(project: Project, named: NamedStart) -> bool:
    """Whether a command may start several workers that each import the app."""
    text = project.text_of(named.path) or ""
    command = named.start.span.of(text)
    if _ONE.search(command):  # one worker, or the app is imported once, before the workers are made
        return False
    options = command.partition(_program(named))[2]
    is_said = named.start.by == "procfile" or _SEVERAL.search(options) or _SET.search(text)
    return bool(is_said) or project.has_file(os.path.join(named.folder, _CONFIG))


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
