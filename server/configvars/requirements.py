"""The packages that a project lists as requirements, with their versions."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from configvars.limits import REQUIREMENTS
from configvars.patterns import lazy_pattern
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
_WORD = lazy_pattern(r"[\w.-]++(?!\s*:\s*//)", re.ASCII)


def requirements_of(project: Project) -> Requirements:
    """The requirements of a project; they are read again when a file other than Python has changed."""

    def find() -> Requirements:
        python = (path for path, kind in project.index.each("kind").items() if kind == "python")
        folders = frozenset({project.root, *map(os.path.dirname, python)})
        version = (project.code.others, folders)
        return project.code.kept("requirements", version, lambda: Requirements(project, folders))

    return project.answered("requirements now", find)


def imports_any(project: Project, modules: Iterable[str]) -> bool:
    """Whether a Python file of the project imports one of these modules (top-level names)."""
    wanted = frozenset(modules)
    return not wanted.isdisjoint(imported_modules(project))


def imported_modules(project: Project) -> frozenset[str]:
    """The top-level names of all modules that Python files import."""

    def find() -> frozenset[str]:
        kinds = project.index.each("kind").items()
        python = (path for path, kind in kinds if kind in ("python", "notebook"))
        return frozenset().union(*map(project.code.top_modules, python))

    return project.answered("imported modules", find)


class Requirements:
    """The requirements files of one project, in `folders` and the folders above, each read once."""

    def __init__(self, project: Project, folders: Iterable[str]) -> None:
        self._project = project
        self._folders = folders
        self._texts: dict[str, str] = {}
        self._answers: dict[str, bool] = {}

    def nearest(self, path: str, names: tuple[str, ...]) -> Iterator[str]:
        """The texts of the files with these names, from the folder of `path` upwards to the root."""
        folder = os.path.dirname(path)
        while True:
            yield from filter(None, (self._text(os.path.join(folder, name)) for name in names))
            if folder == self._project.root or folder == os.path.dirname(folder):
                return
            folder = os.path.dirname(folder)

    def once(self, question: str, find: Callable[[], bool]) -> bool:
        """The answer to a question that these files alone decide, found once until one of them changes."""
        if question not in self._answers:
            self._answers[question] = find()
        return self._answers[question]

    def asks_for(self, package: str) -> bool:
        """Whether some requirements file of the project names a package."""
        return _canonical(package) in self._named

    @cached_property
    def _named(self) -> frozenset[str]:
        """The words in all requirements files that may be names of packages, without schemes of URLs."""
        return frozenset(map(_canonical, frozenset(_WORD.findall(self._everything))))

    @property
    def _everything(self) -> str:
        folders = sorted(self._folders, key=lambda folder: (len(folder), folder))
        if len(folders) > REQUIREMENTS.most:
            self._project.exceed(REQUIREMENTS)
            del folders[REQUIREMENTS.most :]
        above = dict.fromkeys(each for folder in folders for each in (folder, os.path.dirname(folder)))
        inside = (folder for folder in above if folder.startswith(self._project.root))
        return "\n".join(
            self._text(os.path.join(folder, name)) for folder in inside for name in (*LOCKS, *FILES)
        )

    def _text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = self._project.text_of(path) or ""
        return self._texts[path]


def _canonical(package: str) -> str:
    """The name of a package in its normalised spelling."""
    return re.sub(r"[-_.]+", "-", package).lower()
