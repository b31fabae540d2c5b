"""VS Code's Python extension (`python.envFile`), as `environment.ts` of vscode-python reads line by line.

Releases since the end of 2025 also support quoted values on several lines, which are not covered here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.limits import EXPANDED, beyond
from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.syntax.dialects.base import Dialect, Given, Reading, resting_on
from configvars.syntax.dialects.heroku_local import BLANKS
from configvars.text import Span

NAME = lazy_pattern(r"_*[a-zA-Z]\w*", re.ASCII)
_REFERENCE = lazy_pattern(r"\$\{([a-zA-Z]\w*)?(?:(?=\})|([^}\w]))", re.ASCII)
_LINE_ENDS_INSIDE = lazy_pattern("[\r\u2028\u2029]")


def _read(text: str) -> Reading:
    given: dict[str, Given] = {}
    values: dict[str, str] = {}
    budget, start = EXPANDED.most, 0
    for line in text.split("\n"):
        name, sign, written = (part.strip(BLANKS) for part in line.partition("="))
        if (
            sign is not None
            and "=" in line
            and NAME.fullmatch(name)
            and not _LINE_ENDS_INSIDE.search(written)
        ):
            value, names = _substituted(without_quotes(written), values)
            budget -= len(value)
            if budget < 0:
                beyond(EXPANDED)
                return Reading(stops="values that grow too large when they are interpolated")
            values[name] = value
            rests = resting_on(names, (given[one] for one in sorted(names) if one in given))
            at = start + line.index(name)
            given[name] = Given(Span(at, at + len(name)), Secret(value), rests)
        start += len(line) + 1
    return Reading(given)


def without_quotes(written: str) -> str:
    """A value before names in it are replaced."""
    if len(written) > 1 and written[0] in ("'", '"') and written[-1] == written[0]:
        return written[1:-1].replace("\\n", "\n")
    return written


def _substituted(value: str, values: dict[str, str]) -> tuple[str, frozenset[str]]:
    """A value in which each `${NAME}` is replaced, and these names.

    An invalid reference leaves all of them unreplaced.
    """
    parts: list[str] = []
    names: set[str] = set()
    cursor = 0
    for found, end in _references(value):
        parts.append(value[cursor : found.start()])
        cursor = end
        if value[max(found.start() - 1, 0)] == "\\":
            parts.append(value[found.start() : end])
        elif found[1] is None or found[2]:
            return value.replace("\\$", "$"), frozenset()
        else:
            names.add(found[1])
            parts.append(values.get(found[1], ""))
    return "".join([*parts, value[cursor:]]).replace("\\$", "$"), frozenset(names)


def _references(value: str) -> Iterator[tuple[re.Match[str], int]]:
    r"""The matches of `/\${([a-zA-Z]\w*)?([^}\w].*)?}/g`, each with its end, in linear time."""
    cursor = 0
    while (found := _REFERENCE.search(value, cursor)) is not None:
        line_end = value.find("\n", found.end())
        line_end = len(value) if line_end < 0 else line_end
        closing = found.end() if found[2] is None else value.rfind("}", found.end(), line_end)
        cursor = line_end if closing < 0 else closing + 1  # no other match can end here
        if closing >= 0:
            yield found, cursor


VSCODE = Dialect("VS Code", _read)
