"""Where the call or subscript ends that a name stands in: what is shown about a read belongs behind it."""

from __future__ import annotations

import re

_MOST = 2000  # characters: a call that is longer is told at the name
_TOKEN = re.compile(
    r"""(?P<quote>\"""|'''|["'])|(?P<comment>\#[^\n]*)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<end>[\r\n])""",
)


def behind_expression(text: str, end: int) -> int:
    """The offset behind the call or subscript around a name that ends at `end`, or behind the name itself.

    `end` is inside the quotes of a name that is written as a text.
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
    """Where a text that was opened before `at` is closed."""
    found = re.compile(rf"(?:\\.|(?!{quote}).)*?{quote}", re.DOTALL).match(text, at, at + _MOST)
    return found.end() if found else None


def _goes_on(text: str, start: int) -> bool:
    """Whether a line ends inside of the call: what follows the name is a comma, or nothing."""
    rest = text[start : start + 200].lstrip(" \t")
    return rest[:1] in (",", "\r", "\n", "#")
