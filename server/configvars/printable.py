"""Makes text safe to show in a terminal, a report, an editor or a log."""

from __future__ import annotations

import re

from configvars.patterns import lazy_pattern

_TAB = "    "
_COMMAND = lazy_pattern(r"\A(\s*):(?=:)|#(?=#\w*\[)", re.ASCII)
"""The start of what a CI service executes if it is in the output of a job: lines that start with `::`, and
`##[`, `##vso[` and `##teamcity[` anywhere.
"""
# Letters and signs without a shape of their own: two names that differ only in them look the same. Behind a
# symbol, a variation selector makes an emoji of it.
_WITHOUT_SHAPE = lazy_pattern(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0\U000e0100-\U000e01ef]"
    r"|(?<=\w)[\ufe0e\ufe0f]"
)


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
    if not text.isascii():
        text = _WITHOUT_SHAPE.sub(lambda found: _written_out(found[0]), text)
    if "::" in text or "##" in text:
        return _COMMAND.sub(_without_effect, text)
    return text


def _written_out(char: str) -> str:
    return _TAB if char == "\t" else char.encode("unicode_escape").decode("ascii")


def _without_effect(found: re.Match[str]) -> str:
    return r"\x23" if found[0] == "#" else rf"{found[1]}\x3a"
