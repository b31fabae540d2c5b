"""The pages of the checks, made of the checks: `make pages` writes them, a test holds them current."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from configvars.checks import CHECKS
from configvars.checks.base import Check
from configvars.checks.groups import OFF_BY_DEFAULT
from configvars.model import Example

FOLDER = Path(__file__).parents[2] / "docs" / "checks"


def pages() -> Iterator[tuple[str, str]]:
    """Every page with its file's name: the list of all checks first."""
    yield "README.md", _overview()
    yield from ((f"{check.name}.md", _page(check)) for check in CHECKS)


def _overview() -> str:
    rows = [
        f"| [{c.name}]({c.name}.md) | {'off' if c.name in OFF_BY_DEFAULT else c.severity} | {c.summary} |"
        for c in CHECKS
    ]
    return (
        "# Checks\n\n`make pages` generates these pages from the source code of the checks; "
        "`configvars rule NAME` prints them.\n\n"
        "| check | default severity | what it finds |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def _page(check: Check) -> str:
    parts = [
        f"# {check.name}",
        f"{check.summary} Default severity: {check.severity}, unless stated otherwise below.",
        f"## What it finds\n\n{check.what}",
        f"## Why it matters\n\n{check.why}",
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


def _example(example: Example) -> str:
    note = f"{example.note[0].upper()}{example.note[1:]}:\n\n" if example.note else ""
    found = "".join(f"\n- {line}" for line in example.found)
    return f"{note}{_fenced(example.text)}" + (f"\n{found}" if found else "")


def _fenced(text: str) -> str:
    language = "" if text.startswith("-- ") else "python"
    return f"```{language}\n{text.rstrip()}\n```"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for stale in FOLDER.glob("*.md"):
        stale.unlink()
    for name, text in pages():
        (FOLDER / name).write_text(text, encoding="utf-8")
