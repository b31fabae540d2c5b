"""For GitLab: a Code Quality report.

It is only a list of issues, so each issue says what the code was compared with.
"""

from __future__ import annotations

import json

from configvars.cli.identity import fingerprints
from configvars.cli.judging import summary
from configvars.cli.report import Diagnostic, Report
from configvars.cli.terminal import Style
from configvars.model import Severity
from configvars.printable import printable

_SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.INFORMATION: "minor",
    Severity.HINT: "info",
}


def write(report: Report, style: Style) -> str:
    """The report as a JSON list of issues."""
    identities = fingerprints(report.diagnostics)
    judged = printable("\n".join([*report.notes, *map(summary, report.checked)]), lines=True)
    issues = [_issue(*pair, judged) for pair in zip(report.diagnostics, identities, strict=True)]
    return json.dumps(issues, indent=2) + "\n"


def _issue(found: Diagnostic, identity: str, judged: str) -> dict[str, object]:
    at = found.range
    return {
        "check_name": found.check,
        "description": printable(found.message, lines=True),
        "content": {"body": judged},
        "severity": _SEVERITIES[found.severity],
        "fingerprint": identity,
        "location": {
            "path": found.shown_path,
            "positions": {
                "begin": {"line": at.line, "column": at.column},
                "end": {"line": at.end_line, "column": at.end_column},
            },
        },
    }
