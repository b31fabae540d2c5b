"""Which libraries and tools read the env files of a project, and how each of them reads a name."""

from __future__ import annotations

import os
from functools import cached_property

from configvars.checks.flask_project import deploys_to_heroku
from configvars.model import Reference
from configvars.project import Project
from configvars.runs.env_readers import DECOUPLE, finds, is_read_by_python_dotenv, own_dialect
from configvars.syntax.dialects import Reading, reading

_INI, _ENV = "settings.ini", ".env"
_VSCODE = (".vscode/settings.json", ".vscode/launch.json")


def other_readers(project: Project) -> tuple[str, ...]:
    """The other tools that read the program's env files."""
    vscode = any(_text(project, name) is not None for name in _VSCODE)
    return ("heroku local",) * deploys_to_heroku(project) + ("VS Code",) * vscode


class OwnReadings:
    """What libraries that read env files themselves find for the code in one file.

    `files` are the env files for this code. python-decouple prefers the nearest `settings.ini` to a `.env` in the
    same folder or above.
    """

    def __init__(self, project: Project, path: str, files: tuple[str, ...]) -> None:
        self._project = project
        self._path = path
        self._files = files
        self._found: dict[tuple[str, str], bool | None] = {}

    def reads(self, reference: Reference) -> bool | None:
        """Whether the library of a read finds the name.

        None if other libraries load the file too, or if the library does not read env files itself.
        """
        dialect = own_dialect(reference)
        if dialect is None or self._is_loaded:
            return None
        question = (dialect, reference.variable.name)
        if question not in self._found:
            self._found[question] = self._finds(*question)
        return self._found[question]

    @cached_property
    def _is_loaded(self) -> bool:
        return is_read_by_python_dotenv(self._project)

    def _finds(self, dialect: str, name: str) -> bool | None:
        """Whether the library finds a name; None if one of the files cannot be read, or there is none."""
        if dialect == DECOUPLE and self._ini is not None:
            return self._ini.of(name) is not None
        index = self._project.index.files
        given = [file for file in self._files if index[file].kind == "dotenv"]
        if not given or any(index[file].skipped or index[file].unread for file in given):
            return None
        return any(finds(self._project, file, name, dialect) for file in given)

    @cached_property
    def _ini(self) -> Reading | None:
        """What python-decouple reads from a `settings.ini`, if it finds one before a `.env`."""
        project, folder = self._project, os.path.dirname(self._path)
        while True:
            text = project.text_of(os.path.join(folder, _INI))
            if text is not None:
                return reading(text, "python-decouple (settings.ini)")
            found_env = project.has_file(os.path.join(folder, _ENV))
            if found_env or folder in (project.root, os.path.dirname(folder)):
                return None
            folder = os.path.dirname(folder)


def _text(project: Project, name: str) -> str | None:
    return project.text_of(os.path.join(project.root, name))
