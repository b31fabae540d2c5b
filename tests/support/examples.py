"""Runs the examples of the checks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from configvars.checks import run_checks
from configvars.checks.base import Check
from configvars.checks.groups import OFF_BY_DEFAULT
from configvars.checks.subjects import subjects_of
from configvars.model import Example, Finding
from configvars.project import Project
from configvars.settings import Settings
from support.projects import Opened, opened


def findings(project: Project, checks: Iterable[Check]) -> list[Finding]:
    """The findings of some checks in all files of a project, by file."""
    asked = list(checks)
    return [found for path in sorted(project.index.files) for found in run_checks(project, path, asked)]


def opened_example(root: Path, check: Check, example: Example) -> Opened:
    """The example of a check, which is written into `root`."""
    only = Settings(select=(check.name,)) if check.name in OFF_BY_DEFAULT else None
    return opened(root, example.text, only)


def rendered(it: Opened, check: Check) -> tuple[str, ...]:
    """The findings of a check in its example: one line for each, as users see it."""
    return tuple(it.finding(finding) for finding in findings(it.project, [check]))


def found_without_subject(check: Check, project: Project) -> list[Finding]:
    """What a check finds in files that do not contain what it is about, if it is run there all the same."""
    files = [facts for facts in project.index.files.values() if not check.about.value & subjects_of(facts)]
    return [found for facts in files for found in check.run(facts, project) if found is not None]
