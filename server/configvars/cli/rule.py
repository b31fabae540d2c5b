"""`configvars rule [NAME]`: what a check finds, why that matters, and examples."""

from __future__ import annotations

import argparse
from textwrap import fill

from configvars.checks import CHECKS
from configvars.checks.base import Check
from configvars.checks.groups import EVERY, GROUPS
from configvars.cli.destination import destination
from configvars.cli.errors import CannotRun
from configvars.cli.names import unknown_check
from configvars.cli.terminal import Style, table
from configvars.model import Example

_WIDTH = 100  # columns


def run(args: argparse.Namespace) -> int:
    """Print the page of one check, or the list of a group or of all checks; returns the exit code."""
    where = destination(args)
    members = GROUPS.get(args.name, ())
    found = [check for check in CHECKS if args.name in (None, EVERY, check.name) or check.name in members]
    if not found:
        raise CannotRun(unknown_check(args.name))
    if args.output_format == "json":
        where.write_json({"version": 1, "rules": [_as_json(check) for check in found]})
    elif args.name is None or args.name == EVERY or members:
        rows = [(check.name, check.severity, check.summary) for check in found]
        where.write(table(("CHECK", "SEVERITY", "WHAT IT FINDS"), rows, where.style))
    else:
        where.write(page(found[0], where.style))
    return 0


def page(check: Check, style: Style) -> str:
    """The page of a check as text for a terminal."""
    parts = [
        f"{style.bold(check.name)} ({style.severity(check.severity, check.severity)})",
        check.summary,
        _wrapped(check.what),
        f"{style.bold('Why it matters')}\n\n{_wrapped(check.why)}",
        style.bold("Reported"),
        *map(_example, check.examples),
        style.bold("Not reported"),
        *map(_example, check.silent),
        f"{style.bold('How to suppress it')}\n\n{_suppressing(check.name)}",
    ]
    return "\n\n".join(parts) + "\n"


def _wrapped(text: str) -> str:
    """The text with its paragraphs wrapped again; lists and code stay as they are."""
    return "\n\n".join(
        part
        if part.startswith(("- ", "```", " "))
        else fill(part, _WIDTH, break_long_words=False, break_on_hyphens=False)
        for part in text.split("\n\n")
    )


def _suppressing(name: str) -> str:
    return (
        f"In one place: add the comment `# configvars: ignore[{name}]`, at the end of the line in Python,\n"
        f'on the line above in env files. Everywhere: set `{name} = "off"` under `[tool.configvars.checks]`\n'
        "in pyproject.toml."
    )


def _example(example: Example) -> str:
    note = f"  ({example.note})\n" if example.note else ""
    body = "".join(f"    {line}\n" for line in example.text.splitlines())
    return f"{note}{body}".rstrip("\n") + "".join(f"\n    → {line}" for line in example.found)


def _as_json(check: Check) -> dict[str, object]:
    return {
        "name": check.name,
        "severity": check.severity,
        "summary": check.summary,
        "what": check.what,
        "why": check.why,
        "examples": [_example_as_json(example) for example in check.examples],
        "silent": [_example_as_json(example) for example in check.silent],
    }


def _example_as_json(example: Example) -> dict[str, object]:
    return {"text": example.text, "found": list(example.found), "note": example.note}
