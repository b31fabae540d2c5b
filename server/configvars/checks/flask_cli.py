"""What the `flask` command does with an env file that it cannot decode."""

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec.structs import replace

from configvars.checks.misread import not_utf8, uses_of
from configvars.model import ReadAs, Severity, Unread
from configvars.project import Project
from configvars.requirements import imports_any, requirements_of
from configvars.resolve.env_files import home_of, nearest
from configvars.runs.outcomes import UTF8

_ONLY_FOR_FLASK = ".flaskenv"
_LOADED = frozenset({".env", _ONLY_FOR_FLASK})


def misread_by_flask(path: str, project: Project, unread: Unread | None) -> Iterator[tuple[Severity, str]]:
    """What goes wrong where the `flask` command loads an env file that is not UTF-8, whatever the code does."""
    if unread is None and all(encoding.lower() in UTF8 for encoding in _encodings(path, project)):
        return
    if read := _flask_error(path, project):
        is_what = unread.why if unread is not None else not_utf8(read)
        then = f"the flask command and app.run(), which load it, raise {read.error}"
        yield Severity.ERROR, f"{is_what}: {then}. Save it as UTF-8"


def _encodings(path: str, project: Project) -> Iterator[str]:
    yield from (use.encoding for _, use in uses_of(path, project) if use.encoding is not None)


def _flask_error(path: str, project: Project) -> ReadAs | None:
    """The error with which the `flask` command fails because of an env file; None if it can read the file.

    It loads the nearest `.env` and `.flaskenv` as UTF-8 if python-dotenv is installed.
    """
    if os.path.basename(path) not in _LOADED or project.partial or not _is_of_flask(path, project):
        return None
    read = project.read_as(path, "utf-8")
    if read is not None and read.has_nuls and not read.error:
        read = replace(read, error="ValueError")
    return read if read is not None and read.error else None


def _is_of_flask(path: str, project: Project) -> bool:
    """Whether an env file is the nearest one of code that imports Flask, with python-dotenv in use."""
    return _may_load(project, path) and path in project.remembered(
        "files of the flask command", lambda: _loaded(project)
    )


def _may_load(project: Project, path: str) -> bool:
    """Whether python-dotenv is in use: whoever has a `.flaskenv` uses it, unless the requirements lack it."""
    if os.path.basename(path) == _ONLY_FOR_FLASK and not requirements_of(project).asks_for("flask"):
        return True
    return uses_dotenv(project)


def uses_dotenv(project: Project) -> bool:
    """Whether python-dotenv, with which the `flask` command loads env files, is in use."""
    return requirements_of(project).asks_for("python-dotenv") or imports_any(project, ("dotenv",))


def _loaded(project: Project) -> frozenset[str]:
    files = project.index.files
    flask = (path for path in project.code.paths() if "flask" in project.code.top_modules(path))
    homes = {home_of(path, files, project.root) for path in flask}
    found = (nearest(name, home, files, project.root) for name in _LOADED for home in homes)
    return frozenset(path for path in found if path is not None)
