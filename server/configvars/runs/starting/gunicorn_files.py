"""The configuration of gunicorn, which is Python code that it runs before it imports the app."""

from __future__ import annotations

import os

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.follow import Entry
from configvars.runs.named import NamedStart

_NAMED = lazy_pattern(r"\s(?:-c|--config)(?:[ =]\s*)[\"']?(?:file:)?([\w./-]+\.py)\b")
_MODULE = lazy_pattern(r"\s(?:-c|--config)(?:[ =]\s*)[\"']?python:([\w.]+)")
_USUAL = "gunicorn.conf.py"


def gunicorn_file(project: Project, start: NamedStart, command: str) -> Entry | None:
    """Where the configuration of a start of gunicorn begins; None for other programs, or without one."""
    if start.start.label.partition(" ")[0] != "gunicorn":
        return None
    named, module = _NAMED.search(command), _MODULE.search(command)
    written = (
        module[1].replace(".", "/") + ".py"
        if module is not None
        else named[1]
        if named is not None
        else _USUAL
    )
    for folder in (os.path.dirname(start.path), start.folder):
        path = os.path.normpath(os.path.join(folder, written))
        if project.code.has(path):
            return Entry(path)
    return None
