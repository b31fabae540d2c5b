"""For people: a line for each finding, its place in the code, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from configvars.checks.heroku_commands import to_set
from configvars.cli.excerpt import Excerpt
from configvars.cli.judging import summary
from configvars.cli.report import Diagnostic, Report
from configvars.cli.terminal import Style
from configvars.model import Severity
from configvars.printable import printable


def write(report: Report, style: Style) -> str:
    """The report as text that ends with a line feed."""
    lines: list[str] = []
    for found in report.diagnostics:
        lines += (_headline(found, style), *_context(found, style), "")
    return "".join(f"{line}\n" for line in (*lines, *closing(report, style)))


def closing(report: Report, style: Style) -> Iterator[str]:
    """The lines below the findings: what was checked, and the number of findings; nothing with `--quiet`."""
    if report.quiet:
        return
    yield from (each.sentence for each in report.added or ())
    if report.added == ():
        yield "This change needs no new config var."
    for app, names in report.unset.items():
        yield from (style.bold(command) for command in to_set(names, app, report.plans))
    yield from (style.dim(printable(note)) for note in (*report.notes, *map(summary, report.checked)))
    yield _summary(report.diagnostics)


def _headline(found: Diagnostic, style: Style) -> str:
    place = style.bold(f"{printable(found.shown_path)}:{found.range.line}:{found.range.column}")
    word = style.severity(found.severity, f"{found.severity} {found.check}")
    return f"{place} {word} {printable(found.message)}"


def _context(found: Diagnostic, style: Style) -> Iterator[str]:
    if found.excerpt is None:
        return
    number = str(found.range.line)
    yield f"{style.dim(f'{number:>5} |')} {found.excerpt.line}"
    if found.excerpt.end:
        yield f"{style.dim('      |')} {style.severity(found.severity, _carets(found.excerpt))}"


def _carets(shown: Excerpt) -> str:
    return " " * shown.start + "^" * (shown.end - shown.start)


def _summary(diagnostics: tuple[Diagnostic, ...]) -> str:
    if not diagnostics:
        return "Nothing found."
    fixable = sum(found.fixable for found in diagnostics)
    mended = f" {fixable} can be fixed with --fix." if fixable else ""
    return f"Found {counted(diagnostics)}.{mended}"


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """The number of findings of each severity, the most severe first."""
    counts = Counter(found.severity for found in diagnostics)
    parts = [_count(counts[severity], severity) for severity in Severity if counts[severity]]
    return ", ".join(parts) or "nothing found"


def _count(number: int, severity: Severity) -> str:
    plural = "s" if number != 1 and severity is not Severity.INFORMATION else ""
    return f"{number} {severity}{plural}"
