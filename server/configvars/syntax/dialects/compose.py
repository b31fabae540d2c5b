"""Docker Compose (`env_file:`, and the `.env` next to the Compose file), as compose-go 2 reads them.

Compared with compose-go's published tests. If `${NAME…}` contains more than a name and a plain default, the
value is not known: such a line has `rests_on`, but no value.
"""

from __future__ import annotations

import re

from configvars.limits import EXPANDED, beyond
from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.syntax.dialects.base import Dialect, Given, Reading, resting_on
from configvars.text import Span

_SPACE = "\t\v\f\r \x85\xa0"  # blanks inside a line
_WIDE = "\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_PASSED = lazy_pattern(f"(?:[\n{_SPACE}{_WIDE}]|#[^\n]*)*")
_EXPORT = lazy_pattern(r"export[\t\n\f\r ]+")
_KEY = lazy_pattern(rf"(?:[\w.\-\[\]{_SPACE}])*")
_BLANKS = lazy_pattern(f"[{_SPACE}]*")
_QUOTED = {quote: lazy_pattern(rf"{quote}((?:[^{quote}\\]|\\.)*){quote}", re.DOTALL) for quote in "'\""}
_PAIR = lazy_pattern(r"\\(.)", re.DOTALL)
_ESCAPE = lazy_pattern(r'\\(?:([abfnrtv$"\\])|0([0-7]{3})|0(\d{0,3}))')
_CONTROLS = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    '"': '"',
    "\\": "\\",
}
_DOLLAR = lazy_pattern(r"\$(?:(\$)|([_a-zA-Z]\w*)|\{(?:([_a-zA-Z]\w*)(?:(:?-)([^${}]*))?\})?)", re.ASCII)
_NAMES = lazy_pattern(r"\$\{?([_a-zA-Z]\w*)", re.ASCII)
_STOPS = {
    "key": "a character that names cannot contain",
    "space": "a name with a blank in it",
    "quote": "a quote that is never closed",
    "template": "a ${ without a name after it",
    "large": "values that grow too large when they are interpolated",
}


class _BrokenError(Exception):
    """Reading ends with an error; the message is a key of `_STOPS`."""


def _read(text: str) -> Reading:
    given: dict[str, Given] = {}
    values: dict[str, str | None] = {}
    at, budget = 0, EXPANDED.most
    try:
        while (at := _end(_PASSED, text, at)) < len(text):
            key, span, at = _key(text, at)
            if text[at - 1 : at] == "\n" and span.end < at:
                continue  # a bare name is taken from the environment
            written, at, expands = _value(text, at)
            value, names = _expanded(written, values) if expands else (written, frozenset[str]())
            budget -= len(value or "")
            if budget < 0:
                beyond(EXPANDED)
                raise _BrokenError("large")
            rests = resting_on(names, (given[name] for name in sorted(names) if name in given))
            values[key] = value
            given[key] = Given(span, None if value is None else Secret(value), rests)
    except _BrokenError as error:
        return Reading(stops=_STOPS[str(error)])
    return Reading(given)


def _key(text: str, start: int) -> tuple[str, Span, int]:
    """The name at an offset, its span, and the offset after its sign."""
    begin = _end(_BLANKS, text, _end(_EXPORT, text, start)) if _EXPORT.match(text, start) else start
    end = _end(_KEY, text, begin)
    if end == len(text):
        return "", Span(begin, begin), begin  # the text is read as the value of an empty name
    if text[end] not in "=:\n":
        raise _BrokenError("key")
    key = text[begin:end].rstrip()
    if " " in key:
        raise _BrokenError("space")
    return key, Span(begin, begin + len(key)), end + 1


def _value(text: str, start: int) -> tuple[str, int, bool]:
    """A value, its end, and whether names in it are replaced."""
    at = _end(_BLANKS, text, start)
    quote = text[at : at + 1]
    if quote not in _QUOTED:
        line, end = _line(text, at)
        return line.partition(" #")[0].rstrip(), end, True
    found = _QUOTED[quote].match(text, at)
    if found is None:
        raise _BrokenError("quote")
    value = _PAIR.sub(lambda pair: quote if pair[1] == quote else pair[0], found[1])
    return (
        (_ESCAPE.sub(_unescaped, value), found.end(), True) if quote == '"' else (value, found.end(), False)
    )


def _line(text: str, at: int) -> tuple[str, int]:
    """The rest of a line, and the start of the next one."""
    end = text.find("\n", at)
    return (text[at:], len(text)) if end < 0 else (text[at:end], end + 1)


def _unescaped(found: re.Match[str]) -> str:
    r"""The result of an escape: `\$` becomes `$$`, so that no name is searched after it."""
    if found[1] is not None:
        return "$$" if found[1] == "$" else _CONTROLS[found[1]]
    if found[2] is not None and int(found[2], 8) < 256:
        return chr(int(found[2], 8))
    return f"\\{found[2] or found[3]}"


def _expanded(value: str, values: dict[str, str | None]) -> tuple[str | None, frozenset[str]]:
    """A value in which each `$NAME` is replaced (None if not known), and these names."""
    parts: list[str] = []
    names: set[str] = set()
    cursor, told = 0, True
    for found in _DOLLAR.finditer(value):
        parts.append(value[cursor : found.start()])
        cursor = found.end()
        if found[1]:
            parts.append("$")
            continue
        name = found[2] or found[3]
        if name is None:
            if _NAMES.match(value, found.start()) is None:
                raise _BrokenError("template")
            names.update(_NAMES.findall(value, found.start()))
            return None, frozenset(names)
        names.add(name)
        here = values.get(name, "")
        if found[4] == ":-":
            here = here if here is None or here else found[5]
        elif found[4] == "-":
            here = here if name in values else found[5]
        told = told and here is not None
        parts.append(here or "")
    return ("".join([*parts, value[cursor:]]) if told else None), frozenset(names)


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return position if found is None else found.end()


COMPOSE = Dialect("Compose", _read)
