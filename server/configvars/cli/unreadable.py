"""The files that a deploy needs and that could not be read: whether it can be deployed is not known."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from configvars.checks.unreadable_file import refused_when_deployed
from configvars.model import FileFacts
from configvars.project import Project

SLUGIGNORE = ".slugignore"
FILES = ("Procfile", "app.json", "heroku.yml", SLUGIGNORE)
"""The files, except Python, that decide what a deploy runs and needs."""


def unreadable(project: Project, facts: Iterable[FileFacts], python: Iterable[str]) -> Iterator[str]:
    """The files with the reasons, such as `Procfile is UTF-16, not UTF-8`; `python` are all Python files."""
    for each in facts:
        if each.skipped and (each.kind == "python" or os.path.basename(each.path) in FILES):
            yield f"{project.relative(each.path)} {each.skipped}"
    file = os.path.join(project.root, SLUGIGNORE)
    unread = project.unread_on_disk(file)
    if unread is not None and not unread.missing:
        yield f"{project.relative(file)} {unread.why}"
    for path in sorted(python):
        if refused := refused_when_deployed(project, path):
            yield f"{project.relative(path)} {refused.why}, which Python refuses"
