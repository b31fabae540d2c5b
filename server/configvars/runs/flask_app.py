"""The app that FLASK_APP names in an env file, as the `flask` command finds it (`cli.py` of Flask 3.1)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from msgspec import Struct

from configvars.model import Definition, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import is_env_file
from configvars.runs.follow import Entry

_FLASK_APP = Variable("env", "FLASK_APP")
_PARTS = lazy_pattern(r":(?![\\/])")
_NAME = lazy_pattern(r"\s*([A-Za-z_]\w*)\s*(?:\(|$)", re.ASCII)
# Text in a value whose meaning is known only to a shell, in a container or on another machine.
_ELSEWHERE = lazy_pattern(r"[$~{}<>\[\]\s]|^[\\/]|^[A-Za-z]:")


class NamedApp(Struct, frozen=True):
    """An app that a line of an env file names.

    `file` is its file, None if the folder of the env file has no such file; `name` is the variable or the
    factory in the file, empty if `flask` searches for one itself. `is_path`: it is named by a path, not as a
    module. `is_called`: the arguments of the factory are written there.
    """

    definition: Definition
    module: str
    file: str | None
    name: str
    is_path: bool
    is_called: bool = False


def named_apps(project: Project, env_file: str) -> Iterator[NamedApp]:
    """The apps that the lines of an env file name, if the file is in a folder where `flask` starts."""
    facts = project.index.files.get(env_file)
    lines = [each for each in facts.definitions if each.variable == _FLASK_APP] if facts is not None else []
    text = (project.text_of(env_file) or "") if lines else ""
    for each in lines:
        value = each.value_span.of(text) if each.value_span is not None else ""
        path, name = (*_PARTS.split(value, maxsplit=1), "")[:2]
        if path and not _ELSEWHERE.search(path):
            called = _NAME.match(name)
            is_path = path.endswith(".py") or "/" in path
            file = _file(project, os.path.dirname(env_file), path)
            yield NamedApp(
                each,
                path,
                file,
                called[1] if called else "",
                is_path,
                bool(name) and not name.strip().isidentifier(),
            )


def _file(project: Project, folder: str, named: str) -> str | None:
    """The file of a module or path, as seen from a folder."""
    path = named.removesuffix(".py")
    dotted = path.replace(".", "/") if path == named and "/" not in path else path
    start = os.path.normpath(os.path.join(folder, dotted))
    candidates = (f"{start}.py", os.path.join(start, "__init__.py"))
    return next((file for file in candidates if project.code.has(file)), None)


def flask_entries(project: Project) -> tuple[Entry, ...]:
    """The files that FLASK_APP names in the env files of the folder."""

    def find() -> Iterator[Entry]:
        for found in project.index.definitions(_FLASK_APP):
            if is_env_file(found.path, project.index.files):
                for app in named_apps(project, found.path):
                    if app.file is not None:
                        yield Entry(app.file, then=app.name)

    return project.remembered("apps of FLASK_APP", lambda: tuple(dict.fromkeys(find())))
