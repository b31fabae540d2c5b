"""Runs the examples of the checks."""

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
    """The findings of some checks in all files of a project, by file."""
    asked = list(checks)
    return [found for path in sorted(project.index.files) for found in run_checks(project, path, asked)]


def rendered(root: Path, check: Check, example: Example) -> tuple[str, ...]:
    """The findings of a check in its example, which is written into `root`: one line for each, as users
    see it.
    """
    only = Settings(select=(check.name,)) if check.name in OFF_BY_DEFAULT else None
    it = opened(root, example.text, only)
    return tuple(it.finding(finding) for finding in findings(it.project, [check]))
