"""What in the code may set a variable on a deployed app: assignments, and loads of env files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from configvars.index import LocatedReference
from configvars.model import EnvFileUse, Reference
from configvars.project import Project
from configvars.runs.givers import is_test, settings_in_code
from configvars.runs.optional_imports import may_lack_library
from configvars.runs.remarks import place_of_fact
from configvars.runs.seen_by import sees
from configvars.runs.working_folders import is_found_in, loads_of
from configvars.syntax.python import PythonTree

Gives = Callable[[str, Reference], bool]
"""Whether an env file is deployed and sets the variable of a read."""
_SETTING = frozenset({"assignment", "augmented_assignment", "call"})


class Setting(Struct, frozen=True):
    """Code that sets a variable (`fact`), or that loads `file`, which sets it; `certain`: it is that file."""

    path: str
    fact: Reference | EnvFileUse
    file: str = ""
    certain: bool = True


class PossibleSettings:
    """All code outside of tests that may set the variables of reads in one file."""

    def __init__(self, project: Project, path: str, gives: Gives) -> None:
        self._project = project
        self._path = path
        self._gives = gives

    def of(self, reference: Reference) -> Iterator[Setting]:
        """Everything in code outside of tests that may set the variable."""
        project = self._project
        for found in settings_in_code(project, reference.variable):
            if not is_test(project, found.path) and not self._reads_first(found, reference):
                yield Setting(found.path, found.reference)
        for load in loads_of(project):
            for file in load.paths:
                if self._gives(file, reference) and sees(
                    project, (self._path, reference), load.loader, load.use
                ):
                    is_certain = load.certain and not may_lack_library(project, load.loader)
                    yield Setting(load.loader, load.use, file, is_certain)

    def _reads_first(self, found: LocatedReference, reference: Reference) -> bool:
        """Whether code sets a variable to what the read returns: `os.environ["X"] = os.environ["X"]`."""
        if found.path != self._path:
            return False
        tree, span = tree_of(self._project, found.path), found.reference.span
        node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
        while node is not None and node.type not in _SETTING:
            node = node.parent
        return node is not None and tree.span(node).start <= reference.span.start < tree.span(node).end


def found_in(project: Project, settings: Iterable[Setting], folder: str | None) -> list[Setting]:
    """The settings of a program that runs in a folder, without files that it does not find."""
    return [each for each in settings if is_found_in(project, folder, each.path, each.fact, each.file)]


def said(project: Project, setting: Setting) -> str:
    """A setting as words: `app.py:3 sets it`."""
    place = place_of_fact(project, setting.path, setting.fact)
    if not setting.file:
        return f"{place} sets it"
    return f"{place} loads {project.relative(setting.file)}, which sets it"


def tree_of(project: Project, path: str) -> PythonTree:
    """A parsed file, kept until it changes."""
    return project.code.kept_of(path, "tree for a deploy", None, lambda: project.tree_of(path))
