"""The environment variables that a shell command expands: `$PORT`, `${PORT:-5000}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from configvars.patterns import lazy_pattern
from configvars.text import Span

# In this order: what escapes a dollar sign, then expansions. Nested expansions are searched again inside.
_TOKEN = lazy_pattern(
    r"""
      \\.                                            # an escaped character
    | (?P<comment>(?:^|(?<=[\s;&|(])) \#[^\n]*)
    | <<-?[ ]*(?P<heredoc>["'])(?P<end>\w+)(?P=heredoc)  # expands nothing up to its end
    | (?P<single>'[^']*')                            # expands nothing, unless in double quotes
    | (?P<double>")
    | \$\{ (?P<braced>[A-Za-z_][A-Za-z0-9_]*) (?P<operator>:?[-=+?])?
    | \$ (?P<plain>[A-Za-z_][A-Za-z0-9_]*)
    | (?:^|(?<=[\s;&|(])) (?P<assigned>[A-Za-z_][A-Za-z0-9_]*) \+?=
    | \bfor\s+(?P<loop>[A-Za-z_][A-Za-z0-9_]*)\s+in\b
    | \b(?:read|local|declare|typeset|readonly|getopts\s+\S+)\s+(?:-\w+\s+)*(?P<read>[A-Za-z_][A-Za-z0-9_]*)\b
    """,
    re.VERBOSE,
)


_WORD = lazy_pattern(r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|\$\([^)]*\)|[^\s;&|'"])*""")


class Expansion(Struct, frozen=True):
    """A variable that a command expands; `span` is the name.

    `defaulted`: the command works without it. `required`: the command fails if it is not set (`${X:?}`).
    """

    name: str
    span: Span
    defaulted: bool = False
    required: bool = False


def expansions(command: str) -> Iterator[Expansion]:
    """The variables from outside that a command expands, in order.

    Variables that the command itself has set before (`X=1; echo $X`, `for X in …`) are not included.
    """
    own: dict[str, int] = {}  # the offset from which a name is the command's own
    quoted = False
    at = 0
    while found := _TOKEN.search(command, at):
        at = found.end()
        name = found["braced"] or found["plain"]
        if quoted and (found["single"] or found["comment"] or found["heredoc"]):
            at = found.start() + 1
        elif found["heredoc"]:
            end = re.compile(rf"\n\s*{found['end']}\b").search(command, at)
            at = end.end() if end else len(command)
        elif found["double"]:
            quoted = not quoted
        elif assigned := found["assigned"] or found["loop"] or found["read"]:
            own.setdefault(assigned, _word_end(command, at) if found["assigned"] else at)
        elif name and own.get(name, len(command)) > found.start():
            start = found.start("braced" if found["braced"] else "plain")
            operator = (found["operator"] or "")[-1:]
            yield Expansion(
                name, Span(start, start + len(name)), operator in ("-", "=", "+"), operator == "?"
            )


def assigned_names(script: str) -> frozenset[str]:
    """The variables that a script sets somewhere."""
    found = (each["assigned"] or each["loop"] or each["read"] for each in _TOKEN.finditer(script))
    return frozenset(filter(None, found))


def _word_end(command: str, at: int) -> int:
    """The end of the value that starts at `at`: `A=${A:-x}` still reads the outer variable."""
    found = _WORD.match(command, at)
    return found.end() if found else at
