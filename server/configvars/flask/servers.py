"""What the folder says of how its apps are served: by a program that imports them, in how many processes."""

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
    """The file that says that a server imports the code in `path`, where none says that it is a program."""
    name = os.path.basename(path)
    found: str | None = None
    for file, text in _texts(project, path):
        if any(os.path.basename(one["file"]) == name for one in _PROGRAM.finditer(text)):
            return None
        if found is None and _IMPORTING.search(text):
            found = file
    return found


def many_processes(project: Project, path: str) -> str | None:
    """The file that says that several processes may serve the app in `path`: a server with workers, dynos."""
    for file, text in _texts(project, path):
        if _MANY.search(text) or os.path.basename(file) == "Procfile":
            return file
    return None


def _texts(project: Project, path: str) -> Iterator[tuple[str, str]]:
    """The files that tell how the code in `path` is run, in its folder and those around it."""
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
