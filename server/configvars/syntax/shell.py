"""The environment variables that a shell command expands: `$PORT`, `${PORT:-5000}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from configvars.text import Span

# In this order: what hides a dollar sign, then what expands. Nested expansions are found again inside.
_TOKEN = re.compile(
    r"""
      \\.                                            # an escaped character
    | (?P<single>'[^']*')                            # expands nothing, unless in double quotes
    | (?P<double>")
    | \$\{ (?P<braced>[A-Za-z_][A-Za-z0-9_]*) (?P<operator>:?[-=+?])?
    | \$ (?P<plain>[A-Za-z_][A-Za-z0-9_]*)
    | (?:^|(?<=[\s;&|(])) (?P<assigned>[A-Za-z_][A-Za-z0-9_]*) =
    | \bfor\s+(?P<loop>[A-Za-z_][A-Za-z0-9_]*)\s+in\b
    | \bread\s+(?P<read>[A-Za-z_][A-Za-z0-9_]*)\b
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Expansion:
    """A variable that a command expands; `span` is the name. `defaulted`: the command copes without it."""

    name: str
    span: Span
    defaulted: bool = False


def expansions(command: str) -> Iterator[Expansion]:
    """The variables that come from outside of a command, in order.

    Those that the command itself has set before (`X=1; echo $X`, `for X in …`) are not among them.
    """
    own: set[str] = set()
    quoted = False
    at = 0
    while found := _TOKEN.search(command, at):
        at = found.end()
        name = found["braced"] or found["plain"]
        if found["single"] and quoted:
            at = found.start() + 1
        elif found["double"]:
            quoted = not quoted
        elif assigned := found["assigned"] or found["loop"] or found["read"]:
            own.add(assigned)
        elif name and name not in own:
            start = found.start("braced" if found["braced"] else "plain")
            copes = (found["operator"] or "")[-1:] in ("-", "=", "+")
            yield Expansion(name, Span(start, start + len(name)), copes)
