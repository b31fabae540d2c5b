"""How the apps of a folder are served, according to its files: by which program, in how many processes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from configvars.project import Project

_FILES = (
    "Procfile",
    "heroku.yml",
    "Dockerfile",
    "docker-compose.yml",
    "compose.yaml",
    "compose.yml",
    "app.yaml",
)
_IMPORTING = re.compile(
    r"\b(?:gunicorn|uwsgi|waitress-serve|hypercorn|uvicorn|mod_wsgi-express|flask\s+(?:--\S+\s+\S+\s+)*run)\b"
)
_MANY = re.compile(r"\b(?:gunicorn|uwsgi|hypercorn|uvicorn)\b")
_PROGRAM = re.compile(r"\bpython[\d.]*\s+(?:-\w+\s+)*(?P<file>[\w./-]+\.py)\b")


def importing_server(project: Project, path: str) -> str | None:
    """The file that shows that a server imports the code in `path`, if no file runs it as a program."""
    name = os.path.basename(path)
    found: str | None = None
    for file, text in _texts(project, path):
        if any(os.path.basename(one["file"]) == name for one in _PROGRAM.finditer(text)):
            return None
        if found is None and _IMPORTING.search(text):
            found = file
    return found


def many_processes(project: Project, path: str) -> str | None:
    """The file that shows that several processes may serve the app in `path`: workers of a server, dynos."""
    for file, text in _texts(project, path):
        if _MANY.search(text) or os.path.basename(file) == "Procfile":
            return file
    return None


def _texts(project: Project, path: str) -> Iterator[tuple[str, str]]:
    """The files that show how the code in `path` is run, in its folder and the folders above."""
    folder = os.path.dirname(path)
    while True:
        for name in _FILES:
            file = os.path.join(folder, name)
            text = project.text_of(file)
            if text is not None:
                yield file, text
        if folder == project.root or len(folder) <= len(project.root):
            return
        folder = os.path.dirname(folder)
