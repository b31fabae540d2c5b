"""The env file for findings about the whole folder; they are placed at its top."""

from __future__ import annotations

import os

from configvars.project import Project
from configvars.runs.givers import env_files


def is_main_env_file(path: str, project: Project) -> bool:
    """Whether a file is the `.env` at the root, or, if there is none, the env file nearest to the root."""
    return path == project.remembered("main env file", lambda: _find(project))


def _find(project: Project) -> str | None:
    files = (each for each in env_files(project) if project.own(each) == each)
    order = (((each.count(os.sep), os.path.basename(each) != ".env", each), each) for each in files)
    return min(order, default=(None, None))[1]


def is_one_unread(project: Project) -> bool:
    """Whether some env file cannot be read, so that it is not known what no env file sets."""
    files = project.index.files
    return project.remembered(
        "unread env file", lambda: any(files[path].skipped for path in env_files(project))
    )
