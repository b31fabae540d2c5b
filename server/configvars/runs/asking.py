"""Which conditions ask for a variable at all: what the others decide is the same on every app."""

from __future__ import annotations

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.branches import Branches
from configvars.runs.givers import is_test
from configvars.runs.imported_names import DJANGO
from configvars.runs.leading import Leading
from configvars.text import Span

_ENDS = lazy_pattern(r"\b(?:raise|assert|exit|_exit|quit)\b")


class _AskedError(Exception):
    """A condition asks for a variable."""


class Asking:
    """The conditions of all files of a project. What does not ask for a variable is evaluated once."""

    def __init__(self, project: Project) -> None:
        self._branches = Branches(project, _asked)

    def asks(self, path: str, span: Span, *, is_assert: bool) -> bool:
        """Whether a variable decides if code runs at a place, or if the `assert` there holds."""
        try:
            if is_assert:
                self._branches.refuted(path, span)
            else:
                self._branches.taken(path, span)
        except _AskedError:
            return True
        return False


def _asked(name: str) -> None:
    if name != DJANGO:
        raise _AskedError


def may_refuse(project: Project, path: str) -> bool:
    """Whether a Python file may raise an exception if a variable is not set, or is; False for tests."""

    def find() -> Leading:
        python = (path for path, facts in project.index.files.items() if facts.kind == "python")
        paths = dict.fromkeys((*project.code.paths(), *python))
        return Leading(project, [path for path in paths if _ends(project, path)])

    return path in project.code.once("refusing files", project.index.version, find) and _ends(project, path)


def _ends(project: Project, path: str) -> bool:
    return not is_test(project, path) and _ENDS.search(project.text_of(path) or "") is not None
