"""Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table whose first column is text and whose other columns are numbers."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def times(ours: float, theirs: float) -> str:
    """How many times ours their time is; with one decimal place if it is below ten."""
    ratio = ours / theirs
    return f"{ratio:.1f} ×" if ratio < 9.95 else f"{ratio:,.0f} ×"


def milliseconds(seconds: float) -> str:
    """A time in milliseconds with about three significant digits."""
    found = seconds * 1000
    return f"{found:.1f}" if found < 9.95 else f"{found:,.0f}"
