"""For code scanning: SARIF 2.1.0."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from urllib.parse import quote

from configvars import __version__
from configvars.checks import CHECKS
from configvars.checks.base import HOME, Check, page_of
from configvars.checks.groups import GROUPS
from configvars.cli.identity import fingerprints
from configvars.cli.judging import summary
from configvars.cli.report import Diagnostic, Report
from configvars.cli.terminal import Style
from configvars.model import Severity
from configvars.printable import printable

_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "note",
    Severity.HINT: "note",
}

# On GitHub's scale from 0 to 10, for checks about exposed values.
_SECURITY = {
    "tracked-by-git": "8.0",
    "hardcoded-secret": "7.0",
    "not-git-ignored": "5.0",
    "readable-by-others": "4.0",
}


def write(report: Report, style: Style) -> str:
    """Write a report with the pages of the checks that found something."""
    found = {each.check for each in report.diagnostics}
    checks = [check for check in CHECKS if check.name in found]
    driver = {
        "name": "configvars",
        "informationUri": HOME,
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(check) for check in checks],
    }
    said = [*report.notes, *map(summary, report.checked)]
    notifications = [{"level": "note", "message": {"text": each}} for each in said]
    bases = _bases(report)
    run: dict[str, object] = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notifications}],
        "columnKind": "unicodeCodePoints",
        "results": _results(report, checks, bases),
    }
    if bases:
        run["originalUriBaseIds"] = {name: {"uri": _folder_uri(folder)} for folder, name in bases.items()}
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(check: Check) -> dict[str, object]:
    group = next(name for name, checks in GROUPS.items() if check.name in checks)
    properties: dict[str, object] = {"tags": [group]}
    if check.name in _SECURITY:
        properties = {"tags": [group, "security"], "security-severity": _SECURITY[check.name]}
    address = page_of(check.name)
    return {
        "id": check.name,
        "name": "".join(word.capitalize() for word in check.name.split("-")),
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": check.summary},
        "helpUri": address,
        "help": {"text": f"{check.summary} See {address}", "markdown": f"{check.what}\n\n{check.why}"},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": properties,
    }


def _bases(report: Report) -> dict[str, str]:
    """The name of each folder to which paths in the report are relative."""
    folders = dict.fromkeys(each.seen_from for each in report.diagnostics)
    return {folder: f"SRCROOT{number or ''}" for number, folder in enumerate(folders)}


def _results(report: Report, checks: list[Check], bases: Mapping[str, str]) -> list[dict[str, object]]:
    numbers = {check.name: number for number, check in enumerate(checks)}
    return [
        _result(found, identity, numbers, bases)
        for found, identity in zip(report.diagnostics, fingerprints(report.diagnostics), strict=True)
    ]


def _result(
    found: Diagnostic, identity: str, numbers: Mapping[str, int], bases: Mapping[str, str]
) -> dict[str, object]:
    at = found.range
    region = {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }
    place = {"artifactLocation": _artifact(found.shown_path, bases[found.seen_from]), "region": region}
    return {
        "ruleId": found.check,
        "ruleIndex": numbers.get(found.check, -1),
        "level": _LEVELS[found.severity],
        "message": {"text": printable(found.message, lines=True)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"configvars/v1": identity},
    }


def _artifact(path: str, base: str) -> dict[str, str]:
    if os.path.isabs(path):  # on another Windows drive than the repository
        return {"uri": _uri(path)}
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": base}


def _folder_uri(folder: str) -> str:
    return _uri(folder.replace("\\", "/").rstrip("/") + "/")


def _uri(path: str) -> str:
    return "file://" + quote(path if path.startswith("/") else f"/{path}", errors="surrogateescape")
