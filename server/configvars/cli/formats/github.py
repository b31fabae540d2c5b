"""For GitHub Actions: workflow commands that annotate the lines of a pull request."""

from __future__ import annotations

from configvars.cli.report import Diagnostic, Report
from configvars.cli.terminal import Style
from configvars.model import Severity
from configvars.printable import printable

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def write(report: Report, style: Style) -> str:
    """Write a report with one workflow command on each line; notes become a notice."""
    lines = [_command(found) for found in report.diagnostics]
    lines += [f"::notice title=configvars::{_data(note)}" for note in report.notes]
    return "".join(f"{line}\n" for line in lines)


def _command(found: Diagnostic) -> str:
    at = found.range
    properties = {
        "title": f"configvars ({found.check})",
        "file": found.shown_path,
        "line": at.line,
        "col": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{_COMMANDS.get(found.severity, 'notice')} {written}::{_data(found.message)}"


def _data(text: str) -> str:
    """Printable text with its lines kept: an annotation has several."""
    return printable(text, lines=True).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
