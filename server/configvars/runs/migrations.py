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

_INI = lazy_pattern(r"\s(?:-c|--config)(?:[ =]\s*)[\"']?([\w./-]+)")
_LOCATION = lazy_pattern(r"^script_location\s*[=:]\s*(\S+)", re.MULTILINE)
_FLASK = lazy_pattern(rf"\bdb\s+(?:\S+\s+)*?(?:{'|'.join(sorted(MIGRATING))})\b")
_FOLDER = lazy_pattern(r"\s(?:-d|--directory)(?:[ =]\s*)[\"']?([\w./-]+)")


def alembic_file(project: Project, folder: str, command: str) -> Entry | None:
    """Where a command of Alembic starts, which runs in a folder; None if the file is not there."""
    named = _INI.search(command)
    ini = os.path.normpath(os.path.join(folder, named[1] if named is not None else "alembic.ini"))
    found = _LOCATION.search(project.text_of(ini) or "")
    usual = USUAL_FILES["alembic"] if named is None else ()
    written = usual if found is None else (os.path.join(_folder(found[1], ini), "env.py"),)
    return _first(project, folder, written)


def _folder(location: str, ini: str) -> str:
    """The folder that a `script_location` means: a path, or a folder in a package (`shop:migrations`)."""
    package, colon, inner = location.replace("%(here)s", os.path.dirname(ini)).partition(":")
    return os.path.join(*package.split("."), inner) if colon else package


def flask_migration(project: Project, folder: str, command: str) -> Entry | None:
    """The `env.py` that `flask db upgrade` runs after it has loaded the app; None for other commands."""
    if not _FLASK.search(command) or "--sql" in command:
        return None
    named = _FOLDER.search(command)
    return _first(project, folder, (os.path.join(named[1] if named else "migrations", "env.py"),))


def _first(project: Project, folder: str, written: tuple[str, ...]) -> Entry | None:
    paths = (os.path.normpath(os.path.join(folder, each)) for each in written)
    return next((Entry(path) for path in paths if project.code.has(path)), None)
