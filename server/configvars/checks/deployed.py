"""What gives a variable on a Heroku app besides its config vars."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from configvars.checks.local import comes_by_itself, means
from configvars.model import Reference
from configvars.project import Project
from configvars.resolve.env_files import home_of, loads, nearest

_FLASK_COMMAND = re.compile(r"\bflask\b")


def is_deployed(project: Project, path: str, reference: Reference) -> bool:
    """Whether a read in `path` finds its variable on any app, whatever the app's config vars are.

    The platform or the code sets it, or an env file gives it that is deployed and that something loads there.
    Templates, app.json and files that only this machine has give nothing on an app.
    """
    return comes_by_itself(project, path, reference.variable) or any(
        means(reference, definition.variable.name) and definition.value is not None
        for file in set(_loaded_there(project, path, reference))
        if project.tracked_by_git(file)
        for definition in project.index.files[file].definitions
        if not definition.declaration
    )


def _loaded_there(project: Project, path: str, reference: Reference) -> Iterator[str]:
    """The env files that are loaded without a developer's machine: by code, by a library, by `flask`."""
    files, folder = project.index.files, os.path.dirname(path)
    yield from (file for _, file in loads(path, files, project.root))
    by_flask = _runs_flask(project, path)
    for name, loaded in ((".env", by_flask or reference.idiom == "decouple.config"), (".flaskenv", by_flask)):
        if loaded and (file := nearest(name, folder, files, project.root)):
            yield file


def _runs_flask(project: Project, path: str) -> bool:
    """Whether the Procfile has a process that Flask's own command starts; it loads `.env` and `.flaskenv`."""
    home = home_of(path, project.index.files, project.root)
    return bool(_FLASK_COMMAND.search(project.text_of(os.path.join(home, "Procfile")) or ""))
