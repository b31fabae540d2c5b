"""Whether what a file does to "the app" is done to an app that it imports by name."""

from __future__ import annotations

import os
import re

from configvars.names.imports import dotted
from configvars.project import Project
from configvars.resolve.flask_app import AppEvent, FlaskApp, LoadedStep


def is_of_imported(project: Project, app: FlaskApp, event: AppEvent) -> bool:
    """Whether a statement configures `app`, which its file imports: `from shop import app`."""
    name = _name_of(project, app) if isinstance(event, LoadedStep) else ""
    if not name or not isinstance(event, LoadedStep) or not _imports(project, app, event.path, name):
        return False
    text = project.text_of(event.path) or ""
    bound_again = rf"^[ \t]*{name}[ \t]*[:=]|\bas[ \t]+{name}\b|\b(?:def|lambda)\b[^:]*\b{name}\b"
    starts = re.match(rf"{name}[ \t]*\.", event.step.span.of(text)) is not None
    return starts and re.search(bound_again, text, re.MULTILINE) is None


def _name_of(project: Project, app: FlaskApp) -> str:
    """The name of an app that its module creates when it is imported; empty if there is none."""
    if app.flow.made is None or app.flow.maker is not None:
        return ""
    text = project.text_of(app.path) or ""
    line = text.rfind("\n", 0, app.flow.made.start) + 1
    found = re.fullmatch(r"(\w+)[ \t]*(?::[ \t]*\w+[ \t]*)?=[ \t]*", text[line : app.flow.made.start])
    return found[1] if found else ""


def _imports(project: Project, app: FlaskApp, path: str, name: str) -> bool:
    """Whether a file imports this name from the module of the app."""
    for statement in project.code.imports(path):
        if name in statement.names:
            where = project.code.module(path, dotted(statement.module, name))
            is_package = os.path.basename(app.path) == "__init__.py"
            if where == (app.path, name) or (is_package and where == (app.path, "")):
                return True
    return False
