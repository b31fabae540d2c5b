"""JSON with spans, parsed as far as possible: also an `app.json` that is being typed has content."""

from __future__ import annotations

import json
import re

from msgspec import Struct

from configvars.limits import JSON_LEVELS, beyond
from configvars.patterns import lazy_pattern
from configvars.text import Span

_BLANKS = lazy_pattern(r"[ \t\r\n\ufeff]*")
_STRING = lazy_pattern(r'"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*')
# A pair of surrogates is one character.
_KNOWN = lazy_pattern(r'(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))+')
_ESCAPE = lazy_pattern(r"\\(?:u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|u[0-9A-Fa-f]{4}|.)", re.ASCII | re.DOTALL)
_ATOM = lazy_pattern(r"[^\s,:{}\[\]\"]+")
_RESUME = lazy_pattern(r"[,{}\[\]\"]")


class JsonString(Struct, frozen=True):
    """A string; `span` includes the quotes, `offsets[i]` is the offset of character `i` of `value`."""

    value: str
    span: Span
    offsets: tuple[int, ...] = ()

    @property
    def inner(self) -> Span:
        """The span between the quotes."""
        return Span(self.span.start + 1, self.offsets[-1])

    def place(self, span: Span) -> Span:
        """The span in the file of a part of `value`."""
        return Span(self.offsets[span.start], self.offsets[span.end])


class JsonAtom(Struct, frozen=True):
    """A number, `true`, `false` or `null`, as written."""

    text: str
    span: Span


class JsonArray(Struct, frozen=True):
    """An array."""

    items: tuple[JsonValue, ...]
    span: Span


class JsonMember(Struct, frozen=True):
    """A key of an object with its value, None if that is not written yet."""

    key: JsonString
    value: JsonValue | None

    @property
    def span(self) -> Span:
        """From the key to the end of the value."""
        return Span(self.key.span.start, (self.value or self.key).span.end)


class JsonObject(Struct, frozen=True):
    """An object; if a key is repeated, all its members are kept, in order."""

    members: tuple[JsonMember, ...]
    span: Span

    def get(self, key: str) -> JsonValue | None:
        """The value of a key, the last one as in `json.loads`; None if there is none."""
        return next((m.value for m in reversed(self.members) if m.key.value == key), None)


JsonValue = JsonObject | JsonArray | JsonString | JsonAtom


class JsonDocument(Struct, frozen=True):
    """What could be parsed, and the place and message of the first error, None if there is none."""

    root: JsonValue | None
    error: tuple[Span, str] | None


def parse_json(text: str) -> JsonDocument:
    """Parse a JSON text; never raises. Members and items around an error are kept."""
    parser = _Parser(text)
    root = parser.value(0)
    if parser.error is None and parser.peek():
        parser.fail("more than one value")
    return JsonDocument(root, parser.error)


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.error: tuple[Span, str] | None = None

    def peek(self) -> str:
        """The next character that is not blank, without consuming it; empty at the end."""
        self._at = _BLANKS.match(self._text, self._at).end()  # type: ignore[union-attr]
        return self._text[self._at : self._at + 1]

    def fail(self, why: str) -> None:
        if self.error is None:
            end = min(self._at + 1, len(self._text))
            self.error = (Span(min(self._at, len(self._text)), end), why)

    def value(self, depth: int) -> JsonValue | None:
        first = self.peek()
        if first == '"':
            return self._string()
        if first in ("{", "["):
            if depth >= JSON_LEVELS.most:
                beyond(JSON_LEVELS)
                self.fail("nested too deeply")
                self._at = len(self._text)
                return None
            return self._object(depth) if first == "{" else self._array(depth)
        return self._atom()

    def _object(self, depth: int) -> JsonObject:
        start = self._at
        self._at += 1
        members: list[JsonMember] = []
        while (first := self.peek()) not in ("}", ""):
            if first != '"':
                self._skip("a key in double quotes is expected")
                continue
            key = self._string()
            value = None
            if self.peek() == ":":
                self._at += 1
                value = self.value(depth + 1)
            else:
                self.fail("a colon is expected")
            members.append(JsonMember(key, value))
            self._separator("}")
        self._close("}")
        return JsonObject(tuple(members), Span(start, self._at))

    def _array(self, depth: int) -> JsonArray:
        start = self._at
        self._at += 1
        items: list[JsonValue] = []
        while self.peek() not in ("]", ""):
            before = self._at
            item = self.value(depth + 1)
            if item is not None:
                items.append(item)
            elif self._at == before:
                self._skip("a value is expected")
                continue
            self._separator("]")
        self._close("]")
        return JsonArray(tuple(items), Span(start, self._at))

    def _separator(self, closing: str) -> None:
        if self.peek() == ",":
            self._at += 1
            if self.peek() == closing:
                self._at -= 1
                self.fail("a comma before the closing bracket")
                self._at += 1
        elif self.peek() != closing:
            self.fail("a comma is expected" if self.peek() else "the text ends here")

    def _close(self, closing: str) -> None:
        if self.peek() == closing:
            self._at += 1
        else:
            self.fail("the text ends here")

    def _skip(self, why: str) -> None:
        """Report an error and skip to where parsing can continue: always at least one character further."""
        self.fail(why)
        found = _RESUME.search(self._text, self._at)
        stop = found.start() if found else len(self._text)
        self._at = max(stop, self._at + 1)

    def _string(self) -> JsonString:
        found = _STRING.match(self._text, self._at)
        end = found.end() if found else self._at + 1
        closed = self._text[end : end + 1] == '"'
        if not closed:
            self.fail("the string is not closed")
        if not all(_KNOWN.fullmatch(one[0]) for one in _ESCAPE.finditer(self._text, self._at + 1, end)):
            self.fail("JSON has no such escape")
        value, offsets = _decode(self._text, self._at + 1, end)
        span = Span(self._at, end + closed)
        self._at = span.end
        return JsonString(value, span, offsets)

    def _atom(self) -> JsonAtom | None:
        found = _ATOM.match(self._text, self._at)
        if found is None:
            self.fail("a value is expected")
            return None
        if not _is_atom(found[0]):
            self.fail("not a JSON value")
        self._at = found.end()
        return JsonAtom(found[0], Span(*found.span()))


def _is_atom(text: str) -> bool:
    return text in ("true", "false", "null") or bool(
        re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", text, re.ASCII)
    )


def _decode(text: str, start: int, end: int) -> tuple[str, tuple[int, ...]]:
    """The string written at `[start, end)`, and the offsets of its characters and of its end."""
    characters: list[str] = []
    offsets: list[int] = []
    at = start
    for escape in _ESCAPE.finditer(text, start, end):
        characters += (text[at : escape.start()], _character(escape[0]))
        offsets.extend(range(at, escape.start() + 1))
        at = escape.end()
    return "".join((*characters, text[at:end])), (*offsets, *range(at, end + 1))


def _character(escape: str) -> str:
    """The character that an escape means; for an unknown escape, the character after the backslash."""
    try:
        decoded = str(json.loads(f'"{escape}"'))
    except ValueError:
        return escape[-1]
    return "\ufffd" if "\ud800" <= decoded <= "\udfff" else decoded
