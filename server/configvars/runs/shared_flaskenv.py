"""Which `.flaskenv` is meant to be shared: one without a template, so that everybody has its values."""

from __future__ import annotations

import os

from configvars.project import Project
from configvars.resolve.env_files import is_template
from configvars.sources.env_names import name_in_use

_NAME = ".flaskenv"


def is_shared_flaskenv(project: Project, path: str) -> bool:
    """Whether a file is a `.flaskenv` next to a `.env`, or without a template in its folder."""
    return os.path.basename(path) == _NAME and path not in project.answered(
        "copies of .flaskenv", lambda: _copies(project)
    )


def _copies(project: Project) -> frozenset[str]:
    kinds = project.index.each("kind")
    templates = (
        os.path.split(path) for path, kind in kinds.items() if kind == "dotenv" and is_template(path)
    )
    folders = {folder for folder, name in templates if name_in_use(name) == _NAME}
    return frozenset(
        os.path.join(folder, _NAME) for folder in folders if os.path.join(folder, ".env") not in kinds
    )
