"""The end of the call or subscript that contains a name: inlay hints about a read are shown there."""

from __future__ import annotations

import re

from configvars.patterns import lazy_pattern

_MOST = 2000  # characters: in a longer call the hint is shown at the name
_TOKEN = lazy_pattern(
    r"""(?P<quote>\"""|'''|["'])|(?P<comment>\#[^\n]*)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<end>[\r\n])""",
)


def expression_end(text: str, end: int) -> int:
    """The offset of the end of the call or subscript around a name, or of the name itself.

    `end` is the offset of the name's end, inside the quotes if the name is a string.
    """
    at = start = end + 1 if text[end : end + 1] in ("'", '"') else end
    depth = 0
    while at < start + _MOST and (token := _TOKEN.search(text, at)):
        at = token.end()
        if quote := token["quote"]:
            closed = _closing(text, quote, at)
            if closed is None:
                return start
            at = closed
        elif token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
            if depth < 0:
                return at
        elif token["end"] and depth == 0 and not _goes_on(text, start):
            return start
    return start


def _closing(text: str, quote: str, at: int) -> int | None:
    """The offset of the quote that closes a string that was opened before `at`."""
    found = re.compile(rf"(?:\\.|(?!{quote}).)*?{quote}", re.DOTALL).match(text, at, at + _MOST)
    return found.end() if found else None


def _goes_on(text: str, start: int) -> bool:
    """Whether a line ends inside the call: the name is followed by a comma, or by nothing."""
    rest = text[start : start + 200].lstrip(" \t")
    return rest[:1] in (",", "\r", "\n", "#")
