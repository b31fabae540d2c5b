"""The pages of the checks, generated from the checks. `make pages` writes them, and a test compares them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from configvars.checks import CHECKS
from configvars.checks.groups import OFF_BY_DEFAULT
from configvars.checks.pages import page

FOLDER = Path(__file__).parents[2] / "docs" / "checks"


def pages() -> Iterator[tuple[str, str]]:
    """The content of every page by its file name, starting with the list of all checks."""
    yield "README.md", _overview()
    yield from ((f"{check.name}.md", page(check)) for check in CHECKS)


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


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for stale in FOLDER.glob("*.md"):
        stale.unlink()
    for name, text in pages():
        (FOLDER / name).write_text(text, encoding="utf-8")
