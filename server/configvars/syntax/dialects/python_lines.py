"""The dialects of Python libraries that read an env file line by line.

python-decouple 3.8 and Starlette 1.10 agree; django-environ 0.14; honcho 2.0, which reads with `shlex`.
"""

from __future__ import annotations

import re
import shlex

from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.syntax.dialects.base import SPLITLINES, Dialect, Given, Reading, key_of, lines, unquoted
from configvars.text import Span

_ENVIRON_LINE = lazy_pattern(r"(?:export )?([A-Za-z_0-9]+)=(.*)", re.DOTALL)
_SINGLE_QUOTED = lazy_pattern(r"'(.*)'", re.DOTALL)
_DOUBLE_QUOTED = lazy_pattern(r'"(.*)"', re.DOTALL)
_QUOTED_AND_COMMENT = lazy_pattern(r"\s*'(.*)'\s*(?:#.*)?", re.DOTALL)
_ESCAPE = lazy_pattern(r"\\(?![rnt])(.)", re.DOTALL)
_ASSIGNMENT = 3
_HONCHO_NAME = lazy_pattern(r"[A-Za-z_]")


def _plain(text: str) -> Reading:
    """`NAME = value` without the blanks around them; only quotes are removed."""
    given: dict[str, Given] = {}
    for line, start in lines(text):
        stripped = line.strip()
        if "=" in stripped and not stripped.startswith("#"):
            key, _, value = stripped.partition("=")
            key = key.strip()
            given[key] = Given(key_of(line, start, key), Secret(unquoted(value.strip())))
    return Reading(given)


def django_environ(*, parse_comments: bool = False) -> Dialect:
    """`Env.read_env`. A value that starts with `$` is a name whose value is returned at the read."""

    def read(text: str) -> Reading:
        given: dict[str, Given] = {}
        for line, start in lines(text, SPLITLINES):
            found = _ENVIRON_LINE.fullmatch(line)
            if found is not None:
                value = _environ_value(found[2], parse_comments)
                refers = Secret(value.lstrip("$")) if value.startswith("$") else None
                span = Span(start + found.start(1), start + found.end(1))
                given[found[1]] = Given(span, Secret(value), refers=refers)
        return Reading(given)

    return Dialect("django-environ", read)


def _environ_value(written: str, parse_comments: bool) -> str:
    value = written
    if not parse_comments:
        found = _SINGLE_QUOTED.fullmatch(value)
        value = found[1] if found else value
    elif found := _QUOTED_AND_COMMENT.fullmatch(value):
        value = found[1]
    else:
        value = value.partition("#")[0]
    quoted = _DOUBLE_QUOTED.fullmatch(value)
    return _ESCAPE.sub(r"\1", quoted[1]) if quoted else value


def _honcho(text: str) -> Reading:
    given: dict[str, Given] = {}
    for line, start in lines(text, SPLITLINES):
        try:
            tokens = list(shlex.shlex(line, posix=True))
        except ValueError:
            return Reading(stops="a quote that is not closed on its line")
        if len(tokens) >= _ASSIGNMENT and tokens[1] == "=" and _HONCHO_NAME.match(tokens[0]):
            value = "".join(tokens[2:]).replace("\\n", "\n").replace("\\t", "\t")
            at = line.find(tokens[0])
            span = Span(start + max(at, 0), start + (at + len(tokens[0]) if at >= 0 else len(line)))
            given[tokens[0]] = Given(span, Secret(value))
    return Reading(given)


DECOUPLE = Dialect("python-decouple", _plain)
STARLETTE = Dialect("Starlette", _plain)
DJANGO_ENVIRON = django_environ()
HONCHO = Dialect("honcho", _honcho)
