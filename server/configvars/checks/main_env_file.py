"""The env file at whose top is told what concerns all of a folder."""

from __future__ import annotations

import os

from configvars.project import Project
from configvars.resolve.env_files import is_env_file


def main_env_file(project: Project) -> str | None:
    """The path of the root's `.env`, else of the env file nearest to the root; None without any."""
    files = [path for path in project.index.files if is_env_file(path, project.index.files)]
    return min(
        files, key=lambda path: (path.count(os.sep), os.path.basename(path) != ".env", path), default=None
    )
