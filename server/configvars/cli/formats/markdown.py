"""For a comment in a pull request: Markdown with the variables of a change and commands to set them."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.heroku_commands import to_set
from configvars.cli.formats.text import counted
from configvars.cli.judging import summary
from configvars.cli.report import Diagnostic, Report
from configvars.cli.terminal import Style
from configvars.model import Need, Severity
from configvars.patterns import lazy_pattern
from configvars.printable import printable

_MARKS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFORMATION: "ℹ️", Severity.HINT: "💡"}
_SPECIAL = lazy_pattern(r"([\\`*_{}\[\]<>()#+!|~&@-])")


def write(report: Report, style: Style) -> str:
    """The report as Markdown."""
    parts = [f"### configvars: {counted(report.diagnostics)}"]
    parts += filter(None, (_added(report), _findings(report), _commands(report)))
    parts.append(
        "\n".join(f"<sub>{_text(each)}</sub>" for each in (*report.notes, *map(summary, report.checked)))
    )
    return "\n\n".join(parts) + "\n"


def _added(report: Report) -> str:
    if report.added is None:
        return ""
    if not report.added:
        return "This change needs no new config var."
    apps = list(report.added[0].apps)
    rows = [
        [_code(each.name), "yes" if each.need is Need.REQUIRED else f"no ({each.need})"]
        + [("set" if each.apps[app] else "**not set**") for app in apps]
        for each in report.added
    ]
    return "New in this change:\n\n" + _table(["variable", "required", *map(_text, apps)], rows)


def _findings(report: Report) -> str:
    if not report.diagnostics:
        return ""
    rows = [[_MARKS[each.severity], _place(each), _text(each.message)] for each in report.diagnostics]
    return _table(["", "where", "what"], rows)


def _place(found: Diagnostic) -> str:
    return _code(f"{found.shown_path}:{found.range.line}")


def _commands(report: Report) -> str:
    commands = list(dict.fromkeys(_to_copy(report)))
    return "To set what is missing:\n\n```sh\n" + "\n".join(commands) + "\n```" if commands else ""


def _to_copy(report: Report) -> Iterator[str]:
    for app, names in report.unset.items():
        yield from to_set(names, app, report.plans)


def _table(headers: list[str], rows: list[list[str]]) -> str:
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _text(text: str) -> str:
    """Text with all markup escaped, except the commands in backticks."""
    parts = printable(text).split("`")
    if len(parts) % 2 == 0:
        return _SPECIAL.sub(r"\\\1", printable(text))
    return "".join(
        _code(part) if number % 2 else _SPECIAL.sub(r"\\\1", part) for number, part in enumerate(parts)
    )


def _code(text: str) -> str:
    shown = printable(text).replace("|", "\\|")
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"
