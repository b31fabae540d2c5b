"""Findings as diagnostics."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types as t

from configvars.checks.base import page_of
from configvars.features.at import shown_span
from configvars.lsp.convert.positions import Positions
from configvars.lsp.convert.view import View
from configvars.model import Finding, Severity
from configvars.printable import printable

SOURCE = "configvars"
_SEVERITIES = {
    Severity.ERROR: t.DiagnosticSeverity.Error,
    Severity.WARNING: t.DiagnosticSeverity.Warning,
    Severity.INFORMATION: t.DiagnosticSeverity.Information,
    Severity.HINT: t.DiagnosticSeverity.Hint,
}


def diagnostics_of(findings: Iterable[Finding], positions: Positions, view: View) -> list[t.Diagnostic]:
    """The diagnostics of one file, as far as the client can show them."""
    return [diagnostic_of(finding, positions, view) for finding in findings]


def diagnostic_of(finding: Finding, positions: Positions, view: View) -> t.Diagnostic:
    """One finding in the file of these positions."""
    client = view.client
    page = t.CodeDescription(page_of(finding.check))
    return t.Diagnostic(
        range=positions.range(shown_span(finding, positions.text)),
        message=printable(finding.message),
        severity=_SEVERITIES[finding.severity],
        code=finding.check,
        code_description=page if client.diagnostic_codes else None,
        source=SOURCE,
        tags=[t.DiagnosticTag.Unnecessary] if finding.unnecessary and client.diagnostic_tags else None,
        related_information=_related(finding, view) if client.diagnostic_related else None,
    )


def _related(finding: Finding, view: View) -> list[t.DiagnosticRelatedInformation] | None:
    located = ((view.location(place), printable(message)) for place, message in finding.related)
    return [t.DiagnosticRelatedInformation(where, message) for where, message in located if where] or None
