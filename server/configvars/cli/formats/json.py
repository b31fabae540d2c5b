"""For programs: the findings as JSON, version 1; names and places, never a value."""

from __future__ import annotations

import json

from configvars.cli.report import Diagnostic, Report
from configvars.cli.terminal import Style

VERSION = 1


def write(report: Report, style: Style) -> str:
    """Write a report; paths are relative to the root of their project."""
    findings = [_finding(found) for found in report.diagnostics]
    return json.dumps({"version": VERSION, "findings": findings}, indent=2) + "\n"


def _finding(found: Diagnostic) -> dict[str, object]:
    return {
        "check": found.check,
        "severity": found.severity,
        "message": found.message,
        "path": found.path,
        **found.range.as_json(),
        "variable": found.variable,
        "fixable": found.fixable,
    }
