"""Makes text safe to show in a terminal, a report, an editor or a log."""

from __future__ import annotations

import re

from configvars.patterns import lazy_pattern

_TAB = "    "
_COMMAND = lazy_pattern(r"\A(\s*):(?=:)|#(?=#\w*\[)", re.ASCII)
"""The start of what a CI service executes if it is in the output of a job: lines that start with `::`, and
`##[`, `##vso[` and `##teamcity[` anywhere.
"""


def printable(text: str, *, lines: bool = False) -> str:
    """`text` on one line, with control characters and similar characters escaped.

    Keys and file names can contain escape sequences, bells, characters that change the direction of
    writing or are invisible, and commands to a CI service (`::error::`). `lines` keeps line feeds, for text
    of several lines.
    """
    if lines and "\n" in text:
        return "\n".join(map(printable, text.split("\n")))
    if not text.isprintable():
        text = "".join(char if char.isprintable() else _written_out(char) for char in text)
    if "::" in text or "##" in text:
        return _COMMAND.sub(_without_effect, text)
    return text


def _written_out(char: str) -> str:
    return _TAB if char == "\t" else char.encode("unicode_escape", "surrogatepass").decode("ascii")


def _without_effect(found: re.Match[str]) -> str:
    return r"\x23" if found[0] == "#" else rf"{found[1]}\x3a"
