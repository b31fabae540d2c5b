"""The dialects of python-dotenv (which environs and pydantic-settings use), and of dynaconf's old copy."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.syntax import dotenv, interpolation
from configvars.syntax.dialects.base import Dialect, Given, Reading, renamed, resting_on
from configvars.syntax.dotenv import Binding, Interpolation
from configvars.syntax.line_endings import Translated
from configvars.text import Span

_BOM = "\ufeff"
_TOO_LARGE = "values that grow too large when they are interpolated"


def python_dotenv(*, override: bool = False, interpolate: bool = True, marks: bool = False) -> Dialect:
    """`load_dotenv` and `dotenv_values` (always with `override`).

    `override`: inside `${…}`, an earlier line of the file has precedence over the environment. `interpolate`:
    `${…}` is replaced. `marks`: a byte order mark is part of the first name, as up to release 1.2.2.
    """

    def read(text: str) -> Reading:
        bindings = [found for found in dotenv.iter_bindings(text) if found.key is not None]
        reading = _reading(bindings, override=override, interpolate=interpolate)
        first = bindings[0].key if bindings and marks and text.startswith(_BOM) else None
        return reading if first is None else renamed(reading, first, _BOM + first)

    return Dialect("python-dotenv", read)


def of_statements(statements: Iterable[Binding]) -> Reading:
    """How `load_dotenv` reads the statements of a file, which are known already."""
    return _reading((one for one in statements if one.key is not None), override=False, interpolate=True)


def _reading(bindings: Iterable[Binding], *, override: bool, interpolate: bool) -> Reading:
    bindings = tuple(bindings)
    if interpolate:
        try:
            values = dotenv.resolve(bindings, {}, override=override)
        except dotenv.ExpansionError:
            return Reading(stops=_TOO_LARGE)
    else:
        values = {found.key: found.value for found in bindings if found.key is not None}
    given: dict[str, Given] = {}
    for found in bindings:
        if found.key is None or found.key_span is None:
            continue
        names = {one.name for one in found.interpolations} if interpolate else set()
        outside = {name for name in names if not (override and name in given)}
        rests = resting_on(outside, (given[name] for name in sorted(names) if name in given))
        given[found.key] = Given(found.key_span, values[found.key], rests)
    return Reading(given)


# dynaconf 3.3 contains a copy of python-dotenv 0.13.
_LEADING = lazy_pattern(r"\s*")
_EXPORT = lazy_pattern(r"(?:export[^\S\r\n]+)?")
_QUOTED_KEY, _KEY = lazy_pattern(r"'([^']+)'"), lazy_pattern(r"([^=#\s]+)")
_BLANKS = lazy_pattern(r"[^\S\r\n]*")
_QUOTED = {"'": lazy_pattern(r"'((?:\\'|[^'])*)'"), '"': lazy_pattern(r'"((?:\\"|[^"])*)"')}
_ESCAPES = {"'": lazy_pattern(r"\\[\\']"), '"': lazy_pattern(r"""\\[\\'"abfnrtv]""")}
_UNQUOTED = lazy_pattern(r"(?:[^ \n]| (?![ #\n]|\Z))*")
_END = lazy_pattern(r"(?:[^\S\n]*#[^\n]*)?[^\S\n]*(?:\n|\Z)")
_REST = lazy_pattern(r"[^\n]*\n?")


def _dynaconf(text: str) -> Reading:
    last = {binding.key: binding for binding in _old_bindings(Translated(text))}  # last values, first places
    return _reading(last.values(), override=False, interpolate=True)


def _old_bindings(translated: Translated) -> Iterator[Binding]:
    text, position = translated.text, 0
    last = {quote: text.rfind(quote) for quote in _QUOTED}
    while position < len(text):
        position = _end(_LEADING, text, position)
        key, value, position = _old_statement(text, position, last)
        end = None if key is None and not text.startswith("#", position) else _END.match(text, position)
        position = _end(_REST, text, position) if end is None else end.end()
        if key is not None and end is not None:
            yield _binding(text, key, value, translated)


def _old_statement(
    text: str, start: int, last: dict[str, int]
) -> tuple[re.Match[str] | None, str | None, int]:
    """The key and the value of a statement, and the offset up to which it was parsed."""
    at = start if text.startswith("#", start) else _end(_EXPORT, text, start)
    quoted = text.startswith("'", at)
    key = (_QUOTED_KEY if quoted else _KEY).match(text, at) if not quoted or last["'"] > at else None
    if key is None:
        return None, None, at
    at = _end(_BLANKS, text, key.end())
    if not text.startswith("=", at):
        return key, None, at
    at = _end(_BLANKS, text, at + 1)
    quote = text[at : at + 1]
    if quote in _QUOTED:
        value = _QUOTED[quote].match(text, at) if last[quote] > at else None
        return (key, _unescaped(quote, value[1]), value.end()) if value else (None, None, at)
    unquoted = _UNQUOTED.match(text, at)
    return key, unquoted[0] if unquoted else "", unquoted.end() if unquoted else at


def _binding(text: str, key: re.Match[str], value: str | None, translated: Translated) -> Binding:
    span = translated.original(Span(*key.span(1)))
    names = tuple(
        Interpolation(one.name.of(value or ""), one.name, one.span, one.default)
        for one in interpolation.scan(value or "")
    )
    secret = None if value is None else Secret(value)
    return Binding(span, key=key[1], value=secret, key_span=span, interpolations=names)


def _unescaped(quote: str, value: str) -> str:
    return _ESCAPES[quote].sub(lambda found: codecs.decode(found[0], "unicode-escape"), value)


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return position if found is None else found.end()


PYTHON_DOTENV = python_dotenv()
DYNACONF = Dialect("dynaconf", _dynaconf)
