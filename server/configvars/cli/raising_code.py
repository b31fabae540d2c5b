"""Python files that read no variable themselves, but may raise an exception because one is not set.

`if settings.PROD and not settings.SECRET: raise RuntimeError`, in another file than the settings, or
`boto3.client("sqs")`, for which AWS needs a region.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import FileFacts, Suppression
from configvars.project import Project
from configvars.runs.asking import may_refuse
from configvars.runs.starting.regions import may_lack_region
from configvars.syntax.python import parse
from configvars.syntax.python_comments import suppressions
from configvars.workspace import Workspace


def raising_code(workspace: Workspace, project: Project) -> Iterator[FileFacts]:
    """The facts of these files, which contain only suppressions; without tests."""
    for path in sorted(workspace.known(opened=True)):
        if not path.endswith(".py") or path in project.index.files:
            continue
        if may_refuse(project, path) or may_lack_region(project, path):
            yield FileFacts(path, "python", suppressions=_suppressions(project.text_of(path) or ""))


def _suppressions(text: str) -> tuple[Suppression, ...]:
    return tuple(suppressions(parse(text))) if "configvars:" in text else ()
