"""For code scanning: SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote

from configvars import __version__
from configvars.checks import CHECKS
from configvars.checks.base import Check
from configvars.cli.identity import fingerprints
from configvars.cli.report import Diagnostic, Report
from configvars.cli.terminal import Style
from configvars.model import Severity

_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "note",
    Severity.HINT: "note",
}


def write(report: Report, style: Style) -> str:
    """Write a report with the pages of all checks."""
    driver = {
        "name": "configvars",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(check) for check in CHECKS],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": _results(report),
    }
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(check: Check) -> dict[str, object]:
    return {
        "id": check.name,
        "name": "".join(word.capitalize() for word in check.name.split("-")),
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": check.what},
        "help": {"text": f"{check.what}\n\n{check.why}", "markdown": f"{check.what}\n\n{check.why}"},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }


def _results(report: Report) -> list[dict[str, object]]:
    numbers = {check.name: number for number, check in enumerate(CHECKS)}
    return [
        _result(found, identity, numbers)
        for found, identity in zip(report.diagnostics, fingerprints(report.diagnostics), strict=True)
    ]


def _result(found: Diagnostic, identity: str, numbers: Mapping[str, int]) -> dict[str, object]:
    at = found.range
    region = {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }
    place = {"artifactLocation": _artifact(found.shown_path), "region": region}
    return {
        "ruleId": found.check,
        "ruleIndex": numbers.get(found.check, -1),
        "level": _LEVELS[found.severity],
        "message": {"text": found.message},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"configvars/v1": identity},
    }


def _artifact(path: str) -> dict[str, str]:
    """A file below the current folder is relative to it: what uploads a report knows where that is."""
    if path.startswith("/") or ":" in path[:3]:
        return {
            "uri": "file://" + quote(path if path.startswith("/") else f"/{path}", errors="surrogateescape")
        }
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": "SRCROOT"}
