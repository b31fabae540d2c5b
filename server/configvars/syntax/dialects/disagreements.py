"""How other readers read a line differently from python-dotenv, in words that contain no value.

`heroku local` and VS Code read line by line and support neither python-dotenv's escapes nor its
`${NAME:-default}`. Neither do python-decouple, Starlette and django-environ, which read a comment after a
value as part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.syntax.dialects.base import Dialect
from configvars.syntax.dialects.heroku_local import BLANKS, HEROKU_LOCAL, SHORTEST, value_of
from configvars.syntax.dialects.python_lines import DECOUPLE, DJANGO_ENVIRON, STARLETTE
from configvars.syntax.dialects.vscode import NAME, VSCODE, without_quotes
from configvars.syntax.dotenv import Binding

_VSCODE_INTERPOLATED = lazy_pattern(r"[a-zA-Z]\w*", re.ASCII)
# Most lines contain nothing that is read in two ways.
_ALIKE = lazy_pattern(r"[a-zA-Z]\w+=[^\s#'\"\\$]*(?:\r?\n)?", re.ASCII)


def disagreements(binding: Binding, text: str) -> Iterator[tuple[str, str]]:
    """The dialects that read a statement of the env file `text` differently, and how, in words."""
    if binding.key is None or _ALIKE.fullmatch(text, binding.statement.start, binding.statement.end):
        return
    for dialect, read in ((HEROKU_LOCAL, heroku_local), (VSCODE, vscode)):
        words = read(binding, text)
        if words:
            yield dialect.name, words
    for dialect in (DECOUPLE, STARLETTE, DJANGO_ENVIRON):
        words = by_line(binding, text, dialect)
        if words:
            yield dialect.name, words


def by_line(binding: Binding, text: str, dialect: Dialect) -> str | None:
    """How a Python library that reads line by line differs on a statement with a key, in words."""
    written = binding.statement.of(text)
    found = dialect.read(written).of(binding.key or "")
    if binding.value is None:
        return None if found is None else "reads another value"
    if found is None:
        return (
            "reads export as part of the name"
            if binding.export_span
            else "does not read this line as NAME=value"
        )
    if binding.interpolations:
        return "does not interpolate ${…}"
    if found.refers is not None:
        return "reads the value as the name of another variable"
    if found.value == binding.value:
        return None
    if binding.comment_span:
        return "reads the comment as part of the value"
    if "\n" in written.strip():
        return "reads only the first line of the value"
    return (
        "does not support backslash escapes" if binding.quote and "\\" in written else "reads another value"
    )


def heroku_local(binding: Binding, text: str) -> str | None:
    """How `heroku local` differs on a statement with a key, in words."""
    line = _first_line(binding, text)
    if len(line) < SHORTEST:
        return None if binding.value is None else "skips lines of two characters"
    key, _, written = (part.strip(BLANKS) for part in line.partition("="))
    value = value_of(written)
    if value is None:
        return "stops with an error at a quote that is not closed on its line"
    if binding.value is None:
        return "sets a name without = to an empty value"
    if key != binding.key:
        return f"reads {'export' if binding.export_span else 'the quotes'} as part of the name"
    if binding.interpolations:
        return "does not interpolate ${…}"
    if value == binding.value:
        return None
    if binding.quote:
        return "does not support backslash escapes"
    return "cuts the value at the #" if "#" in written else "reads another value"


def vscode(binding: Binding, text: str) -> str | None:
    """How VS Code's `python.envFile` differs on a statement with a key, in words."""
    if binding.value is None:
        return None
    line = _first_line(binding, text)
    key, _, written = (part.strip(BLANKS) for part in line.partition("="))
    if not NAME.fullmatch(key):
        return "ignores lines that start with export" if binding.export_span else "ignores such a name"
    if line != binding.statement.of(text).strip(BLANKS):
        return "reads only the first line of the value"
    if binding.comment_span:
        return "reads the comment as part of the value"
    if any(i.default_span or not _VSCODE_INTERPOLATED.fullmatch(i.name) for i in binding.interpolations):
        return "interpolates only plain names"
    value = without_quotes(written)
    if binding.interpolations:
        return "reads \\$ as an escape" if "\\$" in value else None
    if Secret(value.replace("\\$", "$")) == binding.value:
        return None
    return (
        "reads \\$ as an escape"
        if "\\$" in value
        else "supports only the escape \\n, in both kinds of quotes"
    )


def _first_line(binding: Binding, text: str) -> str:
    return binding.statement.of(text).strip(BLANKS).partition("\n")[0].strip(BLANKS)
