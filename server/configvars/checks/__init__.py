"""The diagnostics: one file each, and one line here."""

from __future__ import annotations

from configvars.checks.base import Check
from configvars.checks.missing_optional_variable import MISSING_OPTIONAL_VARIABLE
from configvars.checks.missing_variable import MISSING_VARIABLE
from configvars.checks.run import run
from configvars.checks.undeclared_variable import UNDECLARED_VARIABLE
from configvars.checks.unused_variable import UNUSED_VARIABLE
from configvars.model import Finding
from configvars.project import Project

CHECKS: tuple[Check, ...] = (
    # in code
    MISSING_VARIABLE,
    MISSING_OPTIONAL_VARIABLE,
    UNDECLARED_VARIABLE,
    # in env files
    UNUSED_VARIABLE,
    # of Flask and Heroku
)


def run_checks(project: Project, path: str) -> tuple[Finding, ...]:
    """What all checks find in one file, by place, as settings and comments will have it."""
    return run(CHECKS, project, path)
