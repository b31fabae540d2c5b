"""The env file at whose top is told what concerns all of a folder."""

from __future__ import annotations

import os

from configvars.project import Project
from configvars.resolve.env_files import is_env_file


def is_main_env_file(path: str, project: Project) -> bool:
    """Whether a file is the root's `.env`, or without one the env file nearest to the root."""
    if not is_env_file(path, project.index.files):
        return False
    known = project.index.files
    files = [each for each in known if is_env_file(each, known) and project.own(each) == each]
    return path == min(files, key=lambda each: (each.count(os.sep), os.path.basename(each) != ".env", each))
