"""The env file at whose top findings about the whole folder are placed."""

from __future__ import annotations

import os

from configvars.project import Project
from configvars.resolve.env_files import is_env_file


def is_main_env_file(path: str, project: Project) -> bool:
    """Whether a file is the `.env` at the root, or, if there is none, the env file nearest to the root."""
    if not is_env_file(path, project.index.files):
        return False
    known = project.index.files
    files = [each for each in known if is_env_file(each, known) and project.own(each) == each]
    return path == min(files, key=lambda each: (each.count(os.sep), os.path.basename(each) != ".env", each))
