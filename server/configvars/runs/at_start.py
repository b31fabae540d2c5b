"""Whether code runs while a program starts: in a module, or in a function that modules call."""

from __future__ import annotations

from functools import partial

from configvars.model import Reference
from configvars.project import Project
from configvars.runs.early_calls import called_early
from configvars.runs.entries import starts_of
from configvars.runs.follow import Entry
from configvars.runs.heroku_processes import loading
from configvars.runs.loads import is_in_main
from configvars.syntax.python_order import MODULE
from configvars.text import Span

_BY_FRAMEWORKS = frozenset({"ready"})  # of an app's configuration in Django


def may_run_at_start(project: Project, path: str, span: Span) -> bool:
    """Whether a program that loads a file may execute code at a place while it starts."""
    body = project.code.order(path).where(span.start).body
    name = body.removesuffix(".__init__").rpartition(".")[2]
    return body == MODULE or name in _BY_FRAMEWORKS or name in _called(project, path)


def is_at_import(project: Project, path: str, read: Reference) -> bool:
    """Whether a Python file makes a read outside of functions and of its main block."""
    if project.index.files[path].kind != "python" or is_in_main(project, path, read):
        return False
    return project.code.order(path).where(read.span.start).body == MODULE


def _called(project: Project, path: str) -> frozenset[str]:
    """The names of the functions that the programs call while they start, and that the file itself calls."""
    starts = starts_of(project)
    entries = [Entry(path), *(named.entry for _, named in loading(project, path) if named.entry is not None)]
    found = set[str]()
    for entry in entries:
        trace = starts.whole_trace(entry)
        question = f"called early from {entry}"
        found |= project.remembered(question, partial(called_early, project, trace, entry)).names
    return frozenset(found)
