"""For people and editors' error lists: one line for each finding."""

from __future__ import annotations

from configvars.cli.formats.text import closing
from configvars.cli.report import Report
from configvars.cli.terminal import Style
from configvars.printable import printable


def write(report: Report, style: Style) -> str:
    """Write a report: `path:line:column: severity check message`."""
    lines = [
        f"{style.bold(f'{printable(each.shown_path)}:{each.range.line}:{each.range.column}:')} "
        f"{style.severity(each.severity, each.severity)} {each.check} {printable(each.message)}"
        for each in report.diagnostics
    ]
    return "".join(f"{line}\n" for line in (*lines, *closing(report, style)))
