"""The page of a check in Markdown, generated from the check itself."""

from __future__ import annotations

from configvars.checks.base import Check
from configvars.checks.why_no_fix import WHY_NO_FIX
from configvars.model import Example


def page(check: Check) -> str:
    """What the check finds, why that matters, examples, and how to suppress it."""
    parts = [
        f"# {check.name}",
        f"{check.summary} Default severity: {check.severity}, unless stated otherwise below.",
        f"## What it finds\n\n{check.what}",
        f"## Why it matters\n\n{check.why}",
        *(f"Findings of this check may come without a fix: {why}." for why in _why_no_fix(check)),
        "## Reported",
        *map(_example, check.examples),
        "## Not reported",
        *map(_example, check.silent),
        "## How to suppress it",
        f"In one place: add the comment `# configvars: ignore[{check.name}]`, at the end of the line in "
        f'Python, on the line above in env files. Everywhere: set `{check.name} = "off"` (or another '
        "severity) under `[tool.configvars.checks]` in pyproject.toml, or in the editor setting "
        "`configvars.checks`.",
    ]
    return "\n\n".join(parts) + "\n"


def _why_no_fix(check: Check) -> list[str]:
    return [WHY_NO_FIX[check.name]] if check.name in WHY_NO_FIX else []


def _example(example: Example) -> str:
    note = f"{example.note[0].upper()}{example.note[1:]}:\n\n" if example.note else ""
    found = "".join(f"\n- {line}" for line in example.found)
    return f"{note}{_fenced(example.text)}" + (f"\n{found}" if found else "")


def _fenced(text: str) -> str:
    language = "" if text.startswith("-- ") else "python"
    return f"```{language}\n{text.rstrip()}\n```"
