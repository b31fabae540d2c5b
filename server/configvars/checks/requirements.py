"""What the files say that list a project's packages: which are asked for, and of which version."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cached_property

from configvars.project import Project

LOCKS = ("poetry.lock", "uv.lock", "Pipfile.lock", "pdm.lock", "pylock.toml", "conda-lock.yml")
_REQUIREMENTS = tuple(
    f"requirements{sep}{kind}.{ending}"
    for sep, kinds in (("", ("",)), ("/", ("base", "common", "main", "prod", "production", "requirements")),
                       ("-", ("base", "prod", "production")), ("_", ("base", "prod")))
    for kind in kinds
    for ending in ("txt", "in")
)  # fmt: skip
FILES = (
    *_REQUIREMENTS,
    *("setup.cfg", "setup.py", "pyproject.toml", "Pipfile", "environment.yml", "environment.yaml"),
)
_MOST_FOLDERS = 60  # of a project whose parts each have a list of their own


def requirements_of(project: Project) -> Requirements:
    """The lists of a project, read once while no file changes."""
    return project.remembered("requirements", lambda: Requirements(project))


class Requirements:
    """The lists of one project, each read once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._texts: dict[str, str] = {}

    def nearest(self, path: str, names: tuple[str, ...]) -> Iterator[str]:
        """The texts of the files of these names, from the folder of `path` upwards to the root."""
        folder = os.path.dirname(path)
        while True:
            yield from filter(None, (self._text(os.path.join(folder, name)) for name in names))
            if folder == self._project.root or folder == os.path.dirname(folder):
                return
            folder = os.path.dirname(folder)

    def asks_for(self, package: str) -> bool:
        """Whether some list of the project names a package."""
        name = re.sub(r"[-_.]+", "[-_.]+", re.escape(package).replace(r"\-", "-"))
        return (
            re.search(rf"(?<![\w.-]){name}(?![\w.-]|\s*:\s*//)", self._everything, re.IGNORECASE) is not None
        )

    @cached_property
    def _everything(self) -> str:
        project = self._project
        python = (path for path, facts in project.index.files.items() if facts.kind == "python")
        folders = sorted({project.root, *map(os.path.dirname, python)}, key=len)[:_MOST_FOLDERS]
        above = dict.fromkeys(each for folder in folders for each in (folder, os.path.dirname(folder)))
        inside = (folder for folder in above if folder.startswith(project.root))
        return "\n".join(
            self._text(os.path.join(folder, name)) for folder in inside for name in (*LOCKS, *FILES)
        )

    def _text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = self._project.text_of(path) or ""
        return self._texts[path]
