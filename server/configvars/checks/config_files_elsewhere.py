"""Configuration files that Flask looks for in the app's folder, but that are in another folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from msgspec import Struct

from configvars.checks.flask_project import steps_of
from configvars.checks.tried_callers import is_handled
from configvars.flask_model import ConfigFlow, ConfigStep
from configvars.model import Definition, Place, Severity, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.text import Span

_OF_MODULE = lazy_pattern(r"[\w.]*Flask\(\s*__name__\s*[,)]")
_MOVED = lazy_pattern(r"\b(?:root_path|instance_path|instance_relative_config)\s*=|\*")
_PLAIN = lazy_pattern(r"\w[\w./-]*\.(?:py|cfg|conf|ini|txt|pyc?)", re.ASCII)


class Astray(Struct, frozen=True):
    """A path in an env file or in code: where it is written, what is wrong, and the call that loads it."""

    span: Span
    message: str
    severity: Severity
    call: Place


def astray_in_code(path: str, project: Project) -> Iterator[Astray]:
    """The paths in calls of `from_pyfile` in a file."""
    for flow, step in steps_of(project.index.files[path]):
        if step.method == "from_pyfile" and step.file is not None:
            yield from _astray(path, flow, step, step.file, step.span, "", project)


def astray_in_env_file(
    lines: list[Definition], text: str, project: Project
) -> Iterator[tuple[Definition, Astray]]:
    """The values of an env file that `from_envvar` loads as paths."""
    named = project.remembered("variables of from_envvar", lambda: list(_variables(project)))
    for line in lines if named else ():
        value = line.value_span.of(text) if line.value_span is not None else ""
        for path, flow, step in named:
            if line.variable == Variable("env", step.variable or ""):
                for found in _astray(path, flow, step, value, line.span, f"{line.variable.name}: ", project):
                    yield line, found


def _variables(project: Project) -> Iterator[tuple[str, ConfigFlow, ConfigStep]]:
    for path, facts in sorted(project.index.files.items()):
        if facts.flask.flows and not is_test(project, path):
            yield from ((path, *found) for found in steps_of(facts) if found[1].method == "from_envvar")


def _astray(
    path: str, flow: ConfigFlow, step: ConfigStep, written: str, span: Span, about: str, project: Project
) -> Iterator[Astray]:
    """What is wrong with a relative path, if the folder of the app is known."""
    root = _root_of(flow, project)
    if root is None or step.conditional or not _PLAIN.fullmatch(written):
        return
    wanted = os.path.normpath(os.path.join(root, written))
    there = os.path.normpath(os.path.join(project.root, written))
    if project.has_file(wanted) or not project.has_file(there) or project.ignored_by_git(wanted):
        return
    if is_handled(project, path, step.span):
        return
    then = "this loads nothing" if step.silent else "this raises FileNotFoundError"
    message = (
        f"{about}{step.method} looks for {project.relative(wanted)}, in the folder of the app, "
        f"but the file is {project.relative(there)}: {then}"
    )
    severity = Severity.INFORMATION if step.silent else Severity.WARNING
    yield Astray(span, message, severity, Place(path, step.span))


def _root_of(flow: ConfigFlow, project: Project) -> str | None:
    """The root path of an app: the folder of its module for `Flask(__name__)`, otherwise not known."""
    if flow.owner is None or flow.made is None:
        return None
    call = flow.made.of(project.text_of(flow.owner.path) or "")
    is_plain = _OF_MODULE.match(call) is not None and _MOVED.search(call) is None
    return os.path.dirname(flow.owner.path) if is_plain else None
