"""Which libraries read the env files of a project, and how each of them reads a name."""

from __future__ import annotations

import os
from functools import cached_property

from configvars.checks.flask_project import deploys_to_heroku
from configvars.model import Reference
from configvars.project import Project
from configvars.syntax.dialects import Reading, reading

PYTHON_DOTENV, DJANGO_ENVIRON = "python-dotenv", "django-environ"
DECOUPLE, STARLETTE, DYNACONF = "python-decouple", "Starlette", "dynaconf"
_INI, _ENV = "settings.ini", ".env"
_OWN = {"decouple.config": DECOUPLE, "starlette.Config": STARLETTE}
_LOADING = ("load_dotenv", "dotenv_values", "find_dotenv", "environs.", "pydantic env_file")
_VSCODE = (".vscode/settings.json", ".vscode/launch.json")


def own_dialect(reference: Reference) -> str | None:
    """The library of a read, if it reads the env file itself; None if it reads only the environment."""
    return _OWN.get(reference.idiom)


def is_read_by_python_dotenv(project: Project) -> bool:
    """Whether python-dotenv may read the files, because the code uses it or the `flask` command does."""
    files = project.index.files.values()

    def find() -> bool:
        return any(
            facts.flask.flows or any(use.idiom.startswith(_LOADING) for use in facts.env_files)
            for facts in files
        )

    return project.remembered("read by python-dotenv", find)


def is_read_by_django_environ(project: Project) -> bool:
    """Whether the code loads a file into the environment with django-environ."""
    files = project.index.files.values()
    uses = (use for facts in files for use in facts.env_files)
    return project.remembered(
        "read by django-environ", lambda: any(use.idiom.startswith("environ.") for use in uses)
    )


def program_readers(project: Project) -> tuple[str, ...]:
    """The libraries with which the program itself reads env files; python-dotenv if none is known."""
    found: list[str] = []
    for facts in project.index.files.values():
        found += (dialect for reference in facts.references if (dialect := own_dialect(reference)))
        found += (DYNACONF for reference in facts.references if reference.idiom.startswith("dynaconf"))
    if is_read_by_django_environ(project):
        found.append(DJANGO_ENVIRON)
    if not found or is_read_by_python_dotenv(project):
        found.insert(0, PYTHON_DOTENV)
    return tuple(dict.fromkeys(found))


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
        self._readings: dict[str, list[Reading] | None] = {}

    def reads(self, reference: Reference) -> bool | None:
        """Whether the library of a read finds the name.

        None if other libraries load the file too, or if the library does not read env files itself.
        """
        dialect = own_dialect(reference)
        if dialect is None or self._is_loaded:
            return None
        if dialect not in self._readings:
            self._readings[dialect] = self._read(dialect)
        found = self._readings[dialect]
        return None if found is None else any(one.of(reference.variable.name) is not None for one in found)

    @cached_property
    def _is_loaded(self) -> bool:
        return is_read_by_python_dotenv(self._project)

    def _read(self, dialect: str) -> list[Reading] | None:
        """How the library reads the files; None if one of them cannot be read, or there is none."""
        if dialect == DECOUPLE and (settings := self._nearest_ini()) is not None:
            return [settings]
        index = self._project.index.files
        given = [file for file in self._files if index[file].kind == "dotenv"]
        if not given or any(index[file].skipped or index[file].unread for file in given):
            return None
        texts = (self._project.text_of(file) for file in given)
        return [reading(text, dialect) for text in texts if text is not None]

    def _nearest_ini(self) -> Reading | None:
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
