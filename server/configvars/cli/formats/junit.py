"""For CI servers that read JUnit's XML: a suite for each file, a case for each finding."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from configvars.cli.judging import summary
from configvars.cli.report import Diagnostic, Report
from configvars.cli.terminal import Style
from configvars.model import Severity
from configvars.printable import printable

_FAILING = frozenset({Severity.ERROR, Severity.WARNING})


def write(report: Report, style: Style) -> str:
    """Write a report; without findings it has one test case, which passed.

    Errors and warnings are failures; findings of lower severity are passed cases with output.
    """
    suites = [
        _suite(path, list(found))
        for path, found in groupby(report.diagnostics, key=lambda found: found.shown_path)
    ]
    about = _output("system-out", [*report.notes, *map(summary, report.checked)], 4)
    suites = suites or [_PASSED]
    suites[0] = suites[0].replace("  </testsuite>\n", f"{about}  </testsuite>\n")
    tests, failures = len(report.diagnostics) or 1, _failures(report.diagnostics)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<testsuites name="configvars" tests="{tests}" failures="{failures}" errors="0">\n'
        f"{''.join(suites)}</testsuites>\n"
    )


_PASSED = (
    '  <testsuite name="configvars" tests="1" failures="0" errors="0">\n'
    '    <testcase name="check" classname="configvars"/>\n'
    "  </testsuite>\n"
)


def _failures(found: Iterable[Diagnostic]) -> int:
    return sum(each.severity in _FAILING for each in found)


def _suite(path: str, found: list[Diagnostic]) -> str:
    counts = f'tests="{len(found)}" failures="{_failures(found)}" errors="0"'
    return (
        f"  <testsuite name={_attribute(path)} file={_attribute(path)} {counts}>\n"
        f"{''.join(_case(path, each) for each in found)}  </testsuite>\n"
    )


def _case(path: str, found: Diagnostic) -> str:
    at = found.range
    text = f"{path}:{at.line}:{at.column} {found.message}"
    if found.severity in _FAILING:
        what = f"type={_attribute(found.severity)} message={_attribute(found.message)}"
        inner = f"      <failure {what}>{escape(printable(text))}</failure>\n"
    else:
        inner = _output("system-out", [f"{found.severity}: {text}"], 6)
    # Jenkins' xunit plug-in rejects a report whose test cases have `file` or `line`; the text contains both.
    attributes = f"name={_attribute(found.check)} classname={_attribute(path)}"
    return f"    <testcase {attributes}>\n{inner}    </testcase>\n"


def _output(tag: str, lines: list[str], indent: int) -> str:
    text = escape("\n".join(map(printable, lines)))
    return f"{' ' * indent}<{tag}>{text}</{tag}>\n" if lines else ""


def _attribute(text: str) -> str:
    # XML 1.0 does not allow control characters, not even escaped.
    return f'"{escape(printable(text))}"'
