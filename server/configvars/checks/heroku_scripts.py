"""Shell scripts that commands for Heroku run, and what sets their variables besides the app."""

from __future__ import annotations

import os
import re

from configvars.model import FileFacts
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.resolve.env_files import home_of
from configvars.runs.image_files import only_for_images

_COMMAND_FILES = ("Procfile", "heroku.yml")
_CHANGES = lazy_pattern(r"\bFLASK_APP=|\bcd[ \t]|(?:^|[ \t])(?:source|\.)[ \t]")
# The whole folder becomes the image.
_COPIES_ALL = lazy_pattern(
    r"^[ \t]*(?:COPY|ADD)[ \t]+(?:--\S+[ \t]+)*\.?/?[ \t]", re.MULTILINE | re.IGNORECASE
)


def running_script(project: Project, facts: FileFacts) -> str:
    """The Procfile or heroku.yml whose commands run a shell script in its own folder; empty if there is none."""
    if facts.kind != "shell" or facts.path in only_for_images(project):
        return ""
    home = home_of(facts.path, project.index.files, project.root)
    name = re.escape(os.path.relpath(facts.path, home).replace(os.sep, "/"))
    runs = re.compile(rf"(?<![\w./-])(?:\./)?{name}(?![\w./-])")
    for file in _COMMAND_FILES:
        path = os.path.join(home, file)
        lines = [line for line in (project.text_of(path) or "").splitlines() if runs.search(line)]
        lines = [line for line in lines if not line.lstrip().startswith("#")]
        if lines and not any(map(_CHANGES.search, lines)):
            return path
    return ""


def is_set_by_machine(project: Project, path: str, name: str) -> bool:
    """Whether `.profile` or the image of the app may set a variable, or may contain other files than the folder."""
    home = os.path.dirname(path)
    folder = os.path.join(home, ".profile.d", "")
    profiles = [each for each in project.index.files if each.startswith(folder)]
    texts = (project.text_of(each) or "" for each in (os.path.join(home, ".profile"), *profiles))
    if any(name in text for text in texts):
        return True
    dockerfile = project.text_of(os.path.join(home, "Dockerfile"))
    is_image = "docker:" in (project.text_of(os.path.join(home, "heroku.yml")) or "")
    if not is_image or dockerfile is None:
        return is_image
    return name in dockerfile or _COPIES_ALL.search(dockerfile) is None
