"""For programs: the findings as JSON, version 1; names and places, never a value."""

from __future__ import annotations

import json

from configvars.cli.judging import Checked
from configvars.cli.report import Diagnostic, Report
from configvars.cli.terminal import Style
from configvars.printable import printable

VERSION = 1


def write(report: Report, style: Style) -> str:
    """Write a report; paths are relative to the root of their project."""
    findings = [_finding(found) for found in report.diagnostics]
    document: dict[str, object] = {
        "version": VERSION,
        "findings": findings,
        "checked": [_checked(each) for each in report.checked],
    }
    if report.added is not None:
        document["added"] = [
            {"name": each.name, "need": each.need, "apps": dict(each.apps)} for each in report.added
        ]
    return json.dumps(document, indent=2) + "\n"


def _checked(done: Checked) -> dict[str, object]:
    return {
        "files": done.files,
        "python_files": done.python,
        "variables": done.variables,
        "against": list(done.against),
        "without_env_file": done.without_env_file,
        "skipped": list(done.skipped),
    }


def _finding(found: Diagnostic) -> dict[str, object]:
    return {
        "check": found.check,
        "severity": found.severity,
        "message": printable(found.message, lines=True),
        "path": found.path,
        **found.range.as_json(),
        "variable": found.variable,
        "fixable": found.fixable,
    }
