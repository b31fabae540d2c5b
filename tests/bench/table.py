"""Tables as Markdown has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table whose first column is text and whose others are numbers."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def times(ours: float, theirs: float) -> str:
    """How many times theirs ours is: to a tenth below ten."""
    ratio = ours / theirs
    return f"{ratio:.1f} ×" if ratio < 9.95 else f"{ratio:,.0f} ×"


def milliseconds(seconds: float) -> str:
    """Three digits, more or less."""
    found = seconds * 1000
    return f"{found:.1f}" if found < 9.95 else f"{found:,.0f}"
