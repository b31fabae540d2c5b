"""`heroku local`, as `foreman/envs.cjs` of the Heroku CLI (11.10) reads env files.

It reads them line by line, or as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.syntax.dialects.base import Dialect, Given, Reading
from configvars.text import Span

# The characters that String.prototype.trim() removes, and the line endings among them.
BLANKS = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
ENDS = "\n\r\u2028\u2029"
SHORTEST = 3
_LONGEST_SCALAR = 40  # characters of a file that is a single number
_RUN = lazy_pattern(f"(?:\\A|[{BLANKS}])[{BLANKS}]*(#[^{ENDS}]*)?")
_END = lazy_pattern(f"[{ENDS}]")
_BROKEN = "a quote that is not closed on its line"


def value_of(written: str) -> Secret | None:
    """The value after a `=`; None if `heroku local` raises an error."""
    if written.startswith(("'", '"')):
        closing = written.find(written[0], 1)
        return None if closing == -1 else Secret(written[1:closing])
    line = max(written.rfind(end) for end in ENDS)
    number_sign = written.find("#", line + 1)
    return Secret(written if number_sign < 0 else written[:number_sign].rstrip(BLANKS))


def _read(text: str) -> Reading:
    values = _from_json(text)
    if values is not None:
        return Reading({name: Given(Span(0, 0), value) for name, value in values.items()})
    spans = dict(_spans(text))
    given: dict[str, Given] = {}
    for line in _RUN.sub(_without_blanks, _RUN.sub(_without_comment, text)).split("\n"):
        stripped = line.strip(BLANKS)
        if _length(stripped) >= SHORTEST:
            key, _, written = (part.strip(BLANKS) for part in stripped.partition("="))
            value = value_of(written)
            if value is None:
                return Reading(stops=_BROKEN)
            given[key] = Given(spans.get(key, Span(0, 0)), value)
    return Reading(given)


def _spans(text: str) -> Iterator[tuple[str, Span]]:
    start = 0
    for line in text.split("\n"):
        key = line.partition("=")[0].strip(BLANKS)
        at = start + line.index(key)
        yield key, Span(at, at + len(key))
        start += len(line) + 1


def _length(text: str) -> int:
    """The length of a string in JavaScript; the length of a long one does not matter."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if len(text) < SHORTEST else len(text)


def _without_comment(found: re.Match[str]) -> str:
    r"""The result of `replace(/^\s*\#.*$/gm, "")` for blanks and the comment after them."""
    if found[1] is None:
        return found[0]
    start = _line_start(found)
    return found[0] if start is None else found[0][:start]


def _without_blanks(found: re.Match[str]) -> str:
    r"""The result of `replace(/^\s*$/gm, "")` for blanks."""
    run, start = found[0], _line_start(found)
    if start is None:
        return run
    end = len(run) if found.end() == len(found.string) else max(run.rfind(one) for one in ENDS)
    return run[:start] + run[end:] if end > start else run


def _line_start(found: re.Match[str]) -> int | None:
    """The start of the first line that starts within blanks."""
    if not found.start():
        return 0
    end = _END.search(found[0])
    return None if end is None else end.end()


def _from_json(text: str) -> dict[str, Secret] | None:
    """The variables of a JSON file: nested names are joined by underscores, in upper case."""
    if text.lstrip()[:1] not in ("{", "[", '"') and len(text) > _LONGEST_SCALAR:
        return None
    try:
        data = json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return {"_".join(path).upper(): Secret(value) for path, value in _leaves(data)}


def _leaves(data: object) -> Iterator[tuple[tuple[str, ...], str]]:
    waiting: list[tuple[tuple[str, ...], object]] = [((), data)]
    while waiting:
        path, item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(((*path, str(key)), inner) for key, inner in reversed(item.items()))
        elif isinstance(item, list):
            waiting.extend(((*path, str(key)), inner) for key, inner in reversed([*enumerate(item)]))
        elif isinstance(item, str) and not path:
            waiting.extend(((str(key),), inner) for key, inner in reversed([*enumerate(item)]))
        elif isinstance(item, bool) and path:
            yield path, str(item).lower()
        elif item is not None and path:
            yield path, str(item)


def _refuse(_: str) -> object:
    raise ValueError


HEROKU_LOCAL = Dialect("heroku local", _read)
