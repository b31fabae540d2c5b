"""The examples of the checks, as tests run them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from configvars.checks import run_checks
from configvars.checks.base import Check
from configvars.checks.groups import OFF_BY_DEFAULT
from configvars.model import Example, Finding
from configvars.project import Project
from configvars.settings import Settings
from support.projects import opened


def findings(project: Project, checks: Iterable[Check]) -> list[Finding]:
    """What checks find in all files of a project, file by file."""
    asked = list(checks)
    return [found for path in sorted(project.index.files) for found in run_checks(project, path, asked)]


def rendered(root: Path, check: Check, example: Example) -> tuple[str, ...]:
    """What a check finds in its example, written into `root`: a line for each finding, as users see it."""
    only = Settings(select=(check.name,)) if check.name in OFF_BY_DEFAULT else None
    it = opened(root, example.text, only)
    return tuple(it.finding(finding) for finding in findings(it.project, [check]))
