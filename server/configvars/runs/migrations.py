"""The `env.py` that Alembic runs: of its own command, and of `flask db` (Flask-Migrate).

Tried with Alembic 1.20 and Flask-Migrate 4.1.
"""

from __future__ import annotations

import os
import re

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.follow import Entry
from configvars.syntax.python_programs import MIGRATING, USUAL_FILES

_SEVERAL = lazy_pattern(r"[;&|\n]")
_ALEMBIC = lazy_pattern(rf"\balembic\b.*\s(?:{'|'.join(sorted(MIGRATING))})\b")
_INI = lazy_pattern(r"\s(?:-c|--config)(?:[ =]\s*)[\"']?([\w./-]+)")
_SECTION = lazy_pattern(r"\s(?:-n|--name)\b")
_LOCATION = lazy_pattern(r"^script_location\s*[=:]\s*(\S+)", re.MULTILINE)
_IN_PYPROJECT = lazy_pattern(
    r"^\[tool\.alembic\][ \t]*\n(?:(?!\[).*\n)*?script_location[ \t]*=[ \t]*[\"']([^\"'\n]+)", re.MULTILINE
)
_CALLS = lazy_pattern(rf"\bcommand\.(?:{'|'.join(sorted(MIGRATING))})\(|\bflask_migrate\b")
_FLASK = lazy_pattern(rf"\bflask\b.*\sdb\s(?:.*\s)?(?:{'|'.join(sorted(MIGRATING))})\b")
_FOLDER = lazy_pattern(r"\s(?:-d|--directory)(?:[ =]\s*)[\"']?([\w./-]+)")


def alembic_file(project: Project, folder: str, command: str) -> Entry | None:
    """Where a command of Alembic starts, which runs in a folder; None if the file is not there."""
    command = _part(_ALEMBIC, command)
    if _SECTION.search(command):
        return None  # another section of the file may name another folder
    named = _INI.search(command)
    ini = os.path.normpath(os.path.join(folder, named[1] if named is not None else "alembic.ini"))
    found = _LOCATION.search(project.text_of(ini) or "")
    if found is None and named is None:
        ini = os.path.normpath(os.path.join(folder, "pyproject.toml"))
        found = _IN_PYPROJECT.search(project.text_of(ini) or "")
    usual = USUAL_FILES["alembic"] if named is None else ()
    written = usual if found is None else (os.path.join(_folder(found[1], ini), "env.py"),)
    return _first(project, folder, written)


def _part(program: re.Pattern[str], command: str) -> str:
    """The one of several commands that runs a program; empty if none does."""
    return next(filter(program.search, _SEVERAL.split(command)), "")


def _folder(location: str, ini: str) -> str:
    """The folder that a `script_location` means: a path, or a folder in a package (`shop:migrations`)."""
    package, colon, inner = location.replace("%(here)s", os.path.dirname(ini)).partition(":")
    return os.path.join(*package.split("."), inner) if colon else package


def flask_migration(project: Project, folder: str, command: str) -> Entry | None:
    """The `env.py` that `flask db upgrade` runs after it has loaded the app; None for other commands."""
    command = _part(_FLASK, command)
    if not command or "--sql" in command:
        return None
    named = _FOLDER.search(command)
    return _first(project, folder, (os.path.join(named[1] if named else "migrations", "env.py"),))


def may_migrate(project: Project, path: str) -> bool:
    """Whether a file may call the commands of Alembic or Flask-Migrate."""
    return project.contains(path, _CALLS)


def called_migration(project: Project, folder: str, called: str, location: str | None) -> Entry | None:
    """The `env.py` that a call of a command of Alembic or Flask-Migrate runs: `alembic.command.upgrade`.

    `location` is the folder that the code sets as `script_location`; None if it sets none.
    """
    if called.startswith("flask_migrate."):
        return flask_migration(project, folder, "flask db upgrade")
    if location is not None:
        return _first(project, folder, (os.path.join(location, "env.py"),))
    return alembic_file(project, folder, "alembic upgrade head")


def _first(project: Project, folder: str, written: tuple[str, ...]) -> Entry | None:
    paths = (os.path.normpath(os.path.join(folder, each)) for each in written)
    return next((Entry(path) for path in paths if project.code.has(path)), None)
