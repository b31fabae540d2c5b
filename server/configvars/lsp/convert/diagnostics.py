"""Findings as diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lsprotocol import types as t

from configvars.lsp.client import Client
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.texts import Texts
from configvars.model import Finding, Severity

SOURCE = "configvars"
_PAGES = "https://github.com/configvars/configvars/blob/main/docs/checks/"
_SEVERITIES = {
    Severity.ERROR: t.DiagnosticSeverity.Error,
    Severity.WARNING: t.DiagnosticSeverity.Warning,
    Severity.INFORMATION: t.DiagnosticSeverity.Information,
    Severity.HINT: t.DiagnosticSeverity.Hint,
}


def diagnostics_of(
    findings: Iterable[Finding],
    client: Client,
    positions: Positions,
    texts: Texts,
    read: Callable[[str], str | None],
) -> list[t.Diagnostic]:
    """The diagnostics of one file, with what this client can show."""
    return [_diagnostic(finding, client, positions, texts, read) for finding in findings]


def _diagnostic(
    finding: Finding,
    client: Client,
    positions: Positions,
    texts: Texts,
    read: Callable[[str], str | None],
) -> t.Diagnostic:
    page = f"{_PAGES}{finding.check}.md"
    related = finding.related if client.diagnostic_related else ()
    located = [(texts.location(place, read), message) for place, message in related]
    return t.Diagnostic(
        range=positions.range(finding.span),
        message=finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.check,
        code_description=t.CodeDescription(page) if client.diagnostic_codes else None,
        source=SOURCE,
        tags=[t.DiagnosticTag.Unnecessary] if finding.unnecessary and client.diagnostic_tags else None,
        related_information=[
            t.DiagnosticRelatedInformation(location, message) for location, message in located if location
        ]
        or None,
    )
