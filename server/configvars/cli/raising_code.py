"""Python files that read no variable themselves, but may raise an exception because one is not set.

`if settings.PROD and not settings.SECRET: raise RuntimeError`, in another file than the settings.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import FileFacts, Suppression
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.syntax.python import parse
from configvars.syntax.python_comments import suppressions
from configvars.workspace import Workspace

_ENDS = lazy_pattern(r"\b(?:raise|assert|exit|_exit|quit)\b")


def raising_code(workspace: Workspace, project: Project) -> Iterator[FileFacts]:
    """The facts of these files, which contain only suppressions; without tests."""
    for path in sorted(workspace.known(opened=True)):
        if path.endswith(".py") and path not in project.index.files and not is_test(project, path):
            text = project.text_of(path)
            if text is not None and _ENDS.search(text) and _imports_project(project, path):
                yield FileFacts(path, "python", suppressions=_suppressions(text))


def _suppressions(text: str) -> tuple[Suppression, ...]:
    return tuple(suppressions(parse(text))) if "configvars:" in text else ()


def _imports_project(project: Project, path: str) -> bool:
    """Whether a file imports another file of the project, or Django, whose settings are one."""
    modules = {each.module for each in project.code.imports(path)}
    return any(each.startswith((".", "django.conf")) or project.code.is_ours(each) for each in modules)
