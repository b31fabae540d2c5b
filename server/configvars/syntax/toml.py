"""The span of a key in a TOML file. The content is parsed by `tomllib`, which returns no positions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from configvars.text import LineIndex, Span

Keys = tuple[str, ...]

_WORD = r"""(?:[\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_DOTTED = rf"{_WORD}(?:[ \t]*\.[ \t]*{_WORD})*"
_LINE = re.compile(
    rf"^[ \t]*(?:\[\[?[ \t]*(?P<table>{_DOTTED})[ \t]*\]|(?P<key>{_DOTTED})[ \t]*=)", re.MULTILINE
)
_PART = re.compile(_WORD)
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
# The maximum distance between a key and a word of its value.
_VALUE = 10_000


def key_span(text: str, keys: Sequence[str]) -> Span:
    """The span of the last of the keys that lead to a value, or of a word in the value.

    If it is not found, the nearest match before; without quotes. The start of the text if not even the first
    key is found.
    """
    wanted = tuple(keys)
    best: tuple[int, Span] = (0, Span(0, 0))
    for path, span, end in _keys(text):
        shared = _shared(path, wanted)
        if shared <= best[0] or shared < len(path):
            continue
        rest = wanted[shared:]
        inside = _inside(text, rest[-1], end) if rest else None
        best = (shared, span if inside is None else inside)
    return best[1]


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
        path = tuple(_unquoted(part[0]) for part in parts)
        if name == "table":
            table = path
        else:
            path = (*table, *path)
        quoted = parts[-1][0][0] in "\"'"
        yield path, Span(parts[-1].start() + quoted, parts[-1].end() - quoted), line.end()


def _unquoted(part: str) -> str:
    return part[1:-1] if part[0] in "\"'" else part


def _shared(path: Keys, wanted: Keys) -> int:
    for number, (one, other) in enumerate(zip(path, wanted, strict=False)):
        if one != other:
            return number
    return min(len(path), len(wanted))


def _inside(text: str, word: str, start: int) -> Span | None:
    found = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])").search(text, start, start + _VALUE)
    return Span(*found.span()) if found else None
