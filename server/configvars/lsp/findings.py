"""What is found in a file, without holding up others for the time that a long one takes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from configvars.checks import CHECKS
from configvars.checks.run import run
from configvars.model import Finding

if TYPE_CHECKING:
    from configvars.lsp.folders import Folder

LONG = 1000
"""The number of variables in a file from which on others are let in after each check."""


async def findings_of(folder: Folder, path: str) -> tuple[Finding, ...]:
    """What all checks find in one file, by place."""
    project = folder.workspace.project()
    facts = project.index.files.get(path)
    if facts is None or len(facts.definitions) + len(facts.references) < LONG:
        return folder.workspace.findings(path)
    found: list[Finding] = []
    for check in CHECKS:
        found += run((check,), project, path)
        await asyncio.sleep(0)
    return tuple(sorted(found, key=lambda finding: (finding.span, finding.check)))
