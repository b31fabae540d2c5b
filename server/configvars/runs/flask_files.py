"""The env files that the `flask` command and `app.run()` find from a working directory upwards."""

from __future__ import annotations

from msgspec import Struct

from configvars.project import Project
from configvars.requirements import imports_any, requirements_of
from configvars.resolve.env_files import nearest
from configvars.runs.folders_above import first_above

_NAMES = (".flaskenv", ".env")  # Flask merges them before it sets variables; the last one wins.
FRAMEWORKS = ("flask", "quart")
"""The packages of the frameworks whose command loads env files."""


class FlaskFiles(Struct, frozen=True):
    """The files of the workspace; and those `outside` of it, which are not read. The last one wins."""

    paths: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


def flask_files(project: Project, folder: str) -> FlaskFiles:
    """The files that `flask` finds if it starts in a folder: for each name the nearest one."""

    def find() -> FlaskFiles:
        paths, outside = list[str](), list[str]()
        for name in _NAMES:
            near = nearest(name, folder, project.index.files, project.root)
            if near is not None:
                paths.append(near)
            elif not project.partial:
                outside += first_above(project, folder, name)
        return FlaskFiles(tuple(paths), tuple(outside))

    return project.answered(f"files of flask in {folder}", find)


def uses_flask(project: Project) -> bool:
    """Whether the folder has an app that the `flask` command, or Quart's, can start."""
    return imports_any(project, FRAMEWORKS) or any(map(requirements_of(project).asks_for, FRAMEWORKS))
