"""The content of a TOML file, and the spans of its keys: `tomllib`, which parses it, returns no positions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from configvars.limits import TOML_PARTS, beyond
from configvars.patterns import lazy_pattern
from configvars.text import LineIndex, Span

Keys = tuple[str, ...]

_WORD = r"""(?:[\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_DOTTED = rf"{_WORD}(?:[ \t]*\.[ \t]*{_WORD})*"
_LINE = lazy_pattern(
    rf"^[ \t]*(?:\[\[?[ \t]*(?P<table>{_DOTTED})[ \t]*\]|(?P<key>{_DOTTED})[ \t]*=)", re.MULTILINE
)
_PART = lazy_pattern(_WORD)
# A long dotted key at the start of a line, or in an inline table.
_LONG = lazy_pattern(rf"(?:^|[\[{{,])[ \t]*+(?:{_WORD}[ \t]*+\.[ \t]*+){{{TOML_PARTS.most}}}", re.MULTILINE)
_IN_WORD = lazy_pattern(r"[\w-]")
# The number of parts of a dotted key that are distinguished; searched keys have at most four.
_PARTS = 8
_AT = lazy_pattern(r"\(at line (\d+), column (\d+)\)")
# The maximum distance between a key and a word of its value.
_VALUE = 10_000


class LongKeyError(ValueError):
    """A dotted key has too many parts."""


def parsed(text: str) -> dict[str, object]:
    """The content of a TOML file. Raises `ValueError` or `RecursionError` if `tomllib` cannot read it.

    It needs time and memory for the square of the number of parts of a key: 100 KB would take gigabytes.
    """
    import tomllib  # slow to import, and most folders have no such file

    if _LONG.search(text):
        beyond(TOML_PARTS)
        raise LongKeyError
    return tomllib.loads(text)


class KeyPlaces:
    """The places of the keys of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[Keys, tuple[Span, int]] = {}
        for path, span, end in _keys(text):
            self._places.setdefault(path, (span, end))

    def span(self, keys: Sequence[str]) -> Span:
        """The span of the last of the keys that lead to a value, or of a word in the value.

        If it is not found, the nearest match before; without quotes. The start of the text if not even the
        first key is found.
        """
        wanted = tuple(keys)
        for shared in range(len(wanted), 0, -1):
            if (found := self._places.get(wanted[:shared])) is not None:
                inside = _inside(self._text, wanted[-1], found[1]) if shared < len(wanted) else None
                return found[0] if inside is None else inside
        return Span(0, 0)


def key_span(text: str, keys: Sequence[str]) -> Span:
    """The span of one key of a text; see `KeyPlaces`."""
    return KeyPlaces(text).span(keys)


def error_span(text: str, message: str) -> Span:
    """The line that a message of `tomllib` is about; the last line if it names none."""
    lines = LineIndex(text)
    found = _AT.search(message)
    line = int(found[1]) - 1 if found else lines.line_count - 1
    return lines.line_span(min(line, lines.line_count - 1))


def _keys(text: str) -> Iterator[tuple[Keys, Span, int]]:
    """The dotted path of every table and key, the span of its last part, and its end."""
    table: Keys = ()
    for line in _LINE.finditer(text):
        name = "table" if line["table"] else "key"
        parts = list(_PART.finditer(text, line.start(name), line.end(name)))
        path = tuple(_unquoted(part[0]) for part in parts[:_PARTS])
        if name == "table":
            table = path
        else:
            path = (*table, *path)[:_PARTS]
        quoted = parts[-1][0][0] in "\"'"
        yield path, Span(parts[-1].start() + quoted, parts[-1].end() - quoted), line.end()


def _unquoted(part: str) -> str:
    return part[1:-1] if part[0] in "\"'" else part


def _inside(text: str, word: str, start: int) -> Span | None:
    at = text.find(word, start, start + _VALUE) if word else -1
    while at >= 0:
        end = at + len(word)
        if not (_IN_WORD.match(text, max(at - 1, 0)) and at) and not _IN_WORD.match(text, end):
            return Span(at, end)
        at = text.find(word, end, start + _VALUE)
    return None
