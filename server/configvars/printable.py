"""Makes text safe to show in a terminal, a report, an editor or a log."""

from __future__ import annotations

_TAB = "    "


def printable(text: str, *, lines: bool = False) -> str:
    """`text` on one line, with control characters and similar characters escaped.

    Keys and file names can contain escape sequences, bells, and characters that change the direction of
    writing or are invisible. `lines` keeps line feeds, for text of several lines.
    """
    if text.isprintable():
        return text
    if lines:
        return "\n".join(map(printable, text.split("\n")))
    return "".join(char if char.isprintable() else _written_out(char) for char in text)


def _written_out(char: str) -> str:
    return _TAB if char == "\t" else char.encode("unicode_escape", "surrogatepass").decode("ascii")
