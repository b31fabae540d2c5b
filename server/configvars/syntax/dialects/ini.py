"""python-decouple's `settings.ini`: the section `settings`, as `configparser` reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.syntax.dialects.base import UNIVERSAL, Dialect, Given, Reading, lines
from configvars.syntax.line_endings import Translated
from configvars.text import Span

if TYPE_CHECKING:
    import configparser

_SECTION = "settings"
_OPTION = lazy_pattern(r"\s*([^=:]*?)\s*[=:]")
_BROKEN = "a line that is not part of a section with NAME=value, or a repeated name"
_PERCENT = "a % in a value starts %(NAME)s there, but this one does not; write %%"


def _read(text: str) -> Reading:
    import configparser  # slow to import, and few projects have such a file

    translated = Translated(text)
    parser = configparser.ConfigParser()
    try:
        parser.read_string(translated.text)
    except configparser.Error:
        return Reading(stops=_BROKEN)
    spans = _spans(text)
    names = parser.options(_SECTION) if parser.has_section(_SECTION) else []
    given = {name: _given(parser, name, spans.get(name, Span(0, 0))) for name in names}
    return Reading(given, folded=True)


def _given(parser: configparser.ConfigParser, name: str, span: Span) -> Given:
    import configparser

    try:
        return Given(span, Secret(parser.get(_SECTION, name)))
    except configparser.InterpolationError:
        return Given(span, fails=_PERCENT)


def _spans(text: str) -> dict[str, Span]:
    """The last span of each name."""
    spans: dict[str, Span] = {}
    for line, start in lines(text, UNIVERSAL):
        found = _OPTION.match(line)
        if found is not None:
            spans[found[1].lower()] = Span(start + found.start(1), start + found.end(1))
    return spans


DECOUPLE_INI = Dialect("python-decouple (settings.ini)", _read)
