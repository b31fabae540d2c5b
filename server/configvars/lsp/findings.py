"""The findings of a file, computed in steps so that a long file does not block other requests."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from configvars.checks import CHECKS
from configvars.checks.run import findings, in_order
from configvars.model import Finding
from configvars.project import Project
from configvars.slices import sliced

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder


async def findings_of(folder: Folder, path: str) -> tuple[Finding, ...]:
    """The findings of all checks in one file, ordered by place; restarted if the file changes meanwhile."""
    while True:
        project = folder.workspace.project()
        facts = project.index.files.get(path)
        found: list[Finding] = []
        for _ in sliced(_looking(project, path, found)):
            await asyncio.sleep(0)
            if project.index.files.get(path) is not facts:
                break
        else:
            return in_order(found)


def _looking(project: Project, path: str, found: list[Finding]) -> Iterator[None]:
    """Each check, and each finding it adds to `found`, is a step."""
    for finding in findings(CHECKS, project, path):
        found += [finding] if finding is not None else []
        yield
