"""For CI servers that read JUnit's XML: a suite for each file, a failed case for each finding."""

from __future__ import annotations

from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from configvars.cli.report import Diagnostic, Report
from configvars.cli.terminal import Style, printable


def write(report: Report, style: Style) -> str:
    """Write a report; one that found nothing has one case, which passed."""
    number = len(report.diagnostics)
    suites = [
        _suite(path, list(found))
        for path, found in groupby(report.diagnostics, key=lambda found: found.shown_path)
    ]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<testsuites name="configvars" tests="{number or 1}" failures="{number}" errors="0">\n'
        f"{''.join(suites) or _PASSED}</testsuites>\n"
    )


_PASSED = (
    '  <testsuite name="configvars" tests="1" failures="0" errors="0">\n'
    '    <testcase name="check" classname="configvars"/>\n'
    "  </testsuite>\n"
)


def _suite(path: str, found: list[Diagnostic]) -> str:
    cases = "".join(_case(path, each) for each in found)
    return (
        f'  <testsuite name={_attribute(path)} tests="{len(found)}" failures="{len(found)}" errors="0">\n'
        f"{cases}  </testsuite>\n"
    )


def _case(path: str, found: Diagnostic) -> str:
    at = found.range
    return (
        f"    <testcase name={_attribute(found.check)} classname={_attribute(path)}"
        f' file={_attribute(path)} line="{at.line}" column="{at.column}">\n'
        f"      <failure type={_attribute(found.severity)} message={_attribute(found.message)}>"
        f"{escape(printable(f'{path}:{at.line}:{at.column} {found.message}'))}</failure>\n"
        "    </testcase>\n"
    )


def _attribute(text: str) -> str:
    # XML 1.0 has no control characters, not even escaped.
    return quoteattr(printable(text))
