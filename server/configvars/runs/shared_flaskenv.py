"""Which `.flaskenv` is meant to be shared: one without a template, so that everybody has its values."""

from __future__ import annotations

import os

from configvars.project import Project
from configvars.resolve.env_files import is_template
from configvars.sources.env_names import name_in_use

_NAME = ".flaskenv"


def is_shared_flaskenv(project: Project, path: str) -> bool:
    """Whether a file is a `.flaskenv` that is not the copy of a template in its folder."""
    return os.path.basename(path) == _NAME and path not in project.answered(
        "copies of .flaskenv", lambda: _copies(project)
    )


def _copies(project: Project) -> frozenset[str]:
    templates = (path for path, kind in project.index.each("kind").items() if kind == "dotenv")
    names = (os.path.split(path) for path in templates if is_template(path))
    return frozenset(os.path.join(folder, _NAME) for folder, name in names if name_in_use(name) == _NAME)
