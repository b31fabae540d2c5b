"""Lines of an env file that are parts of one value, which python-dotenv reads as separate statements.

A private key without quotes, or without the closing one, is split into lines. What python-dotenv's grammar
treats as a name is then a part of the key, and must not be shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from configvars.patterns import lazy_pattern
from configvars.syntax.dotenv import Binding, parse_env
from configvars.syntax.env_comments import is_comment
from configvars.syntax.env_names import looks_random
from configvars.text import LineIndex, Span

_MARK = lazy_pattern(r"-{4}[ \t]?(BEGIN|END)\b")
_BEGIN_BELOW = lazy_pattern(r"\s*-{4,5}[ \t]?BEGIN\b")
_BODY = lazy_pattern(r"(?:^|(?<=\r))[ \t]*[^\s#]", re.MULTILINE)
_ASSIGNMENT = lazy_pattern(
    r"(?:^|(?<=\r))[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*(?P<value>[^\s#])?",
    re.MULTILINE | re.ASCII,
)
_UNCLOSED = lazy_pattern(
    r"""\s*(?:export\s+)?(?:'[^']+'|[^=\#\s]+)\s*=\s*(?P<quote>['"])(?:(?!(?P=quote))[^\\]|\\.)*\Z""",
    re.DOTALL,
)
_BASE64 = lazy_pattern(r"[A-Za-z0-9+/]+={0,2}")
_WIDTHS = frozenset({64, 70, 76})  # common widths of the lines of a private key
_LONG = 40  # characters; a longer line of base64 is a part of a key
_FRAGMENT = 20  # characters; a longer line of random letters is one

Kind = Literal["key", "quote", "fragment"]


class Part(Struct, frozen=True):
    """The value that a statement is a part of, and its span; for a `fragment` the span of its first line.

    A `key` goes from BEGIN to END, a `quote` from an unclosed quote to the next assignment; a `fragment` is
    base64 without either.
    """

    kind: Kind
    span: Span

    def begins_with(self, binding: Binding) -> bool:
        """Whether a statement is its first one."""
        return binding.statement.start == self.span.start


def parts(bindings: Iterable[Binding], text: str) -> Iterator[tuple[Binding, Part | None]]:
    """Each statement of an env file with the value that it is a part of; None for other statements."""
    finder = _Finder(text)
    part: Part | None = None
    before: Binding | None = None
    for binding in bindings:
        if part is None or part.kind == "fragment" or binding.statement.start >= part.span.end:
            part = finder.opened(binding) or finder.fragment(binding, before, part)
        yield binding, part
        before = binding


def whole_statements(text: str, bindings: Iterable[Binding] | None = None) -> list[Binding]:
    """The statements of an env file; a private key is one, and its `literal_span` covers all of its lines.

    `bindings` is the result of `parse_env`, if that is already known.
    """
    return list(iter_whole(text, parse_env(text) if bindings is None else bindings))


def iter_whole(text: str, bindings: Iterable[Binding]) -> Iterator[Binding]:
    """`whole_statements`, one at a time."""
    found = parts(bindings, text)
    return (_whole(binding, part, text) for binding, part in found if _leads(binding, part))


def _leads(binding: Binding, part: Part | None) -> bool:
    return part is None or part.kind == "fragment" or part.begins_with(binding)


def _whole(binding: Binding, part: Part | None, text: str) -> Binding:
    if part is None or part.kind == "fragment":
        return binding
    literal = binding.literal_span
    if literal is not None:
        literal = Span(literal.start, literal.start + len(text[literal.start : part.span.end].rstrip()))
    return replace(binding, statement=part.span, literal_span=literal, comment_span=None)


class _Finder:
    """Finds the parts in one text; reads each of its characters a fixed number of times."""

    def __init__(self, text: str) -> None:
        self._text = text
        marks = list(_MARK.finditer(text))
        self._starts = [mark.start() for mark in marks]
        self._begins = [mark[1] == "BEGIN" for mark in marks]
        self._lines = LineIndex(text if marks else "")
        self._next: re.Match[str] | None = None
        self._searched = -1

    def opened(self, binding: Binding) -> Part | None:
        """The part that starts with a statement and continues below it."""
        start = binding.statement.start
        mark = self._begun_in(binding)
        if mark is not None:
            end = self._key_end(mark, only_closed=self._is_whole(binding, mark))
            if end is not None and (
                is_comment(binding) or _BODY.search(self._text, binding.statement.end, end)
            ):
                return Part("key", Span(start, end))
        if binding.error and _UNCLOSED.match(binding.statement.of(self._text)):
            end = self._next_assignment(binding.statement.end)
            if _BODY.search(self._text, binding.statement.end, end):
                return Part("quote", Span(start, end))
        return None

    def _begun_in(self, binding: Binding) -> int | None:
        """The index of the BEGIN that a statement contains, or that follows its empty value."""
        if not self._starts:
            return None
        behind = bisect_left(self._starts, binding.statement.end)
        last = behind - 1
        if last >= 0 and self._starts[last] >= binding.statement.start:
            return last if self._begins[last] else None
        gives_nothing = binding.error or binding.value is None or binding.value.is_empty
        if is_comment(binding) or not gives_nothing:
            return None
        return behind if _BEGIN_BELOW.match(self._text, binding.statement.end) else None

    def _is_whole(self, binding: Binding, mark: int) -> bool:
        """Whether a statement may be complete: then only an END below shows that it is not."""
        rest = self._text[self._starts[mark] : self._line_end(self._starts[mark])]
        ends_line = rest.rstrip(" \t\r\n\\\"'").endswith("----")
        return is_comment(binding) or bool(binding.quote) or not ends_line

    def _key_end(self, mark: int, *, only_closed: bool) -> int | None:
        """The end of the key that starts at a mark, including others directly after it."""
        if not self._closes(mark + 1):
            return None if only_closed else self._open_end(mark)
        end = self._line_end(self._starts[mark + 1])
        while self._closes(mark + 3) and _BEGIN_BELOW.match(self._text, end):
            mark += 2
            end = self._line_end(self._starts[mark + 1])
        return end

    def _closes(self, mark: int) -> bool:
        """Whether a mark is an END at the start of its line."""
        if mark >= len(self._starts) or self._begins[mark]:
            return False
        at = self._starts[mark]
        return not self._text[self._line_start(at) : at].strip("# \t-")

    def _open_end(self, mark: int) -> int:
        """The end of a key without an END: at the next upper-case name, or the next BEGIN."""
        at = self._starts[mark]
        stop = self._line_start(self._starts[mark + 1]) if mark + 1 < len(self._starts) else len(self._text)
        start = self._line_end(at)
        found = _ASSIGNMENT.search(self._text, start, stop)
        if found and found["value"] and not self._text[start : found.start()].strip():
            return start  # no key starts like this
        while found and not (found["name"].isupper() and not self._is_padding(found)):
            found = _ASSIGNMENT.search(self._text, found.end(), stop)
        return max(start, found.start()) if found else max(start, stop)

    def _next_assignment(self, start: int) -> int:
        """The next line that sets a variable; `start` only grows from call to call."""
        if start > self._searched:
            found = self._next
            if self._searched < 0 or (found is not None and found.start() < start):
                found = _ASSIGNMENT.search(self._text, start)
                while found and (self._is_padding(found) or not (found["value"] or found["name"].isupper())):
                    found = _ASSIGNMENT.search(self._text, found.end())
            self._next, self._searched = found, start
        return self._next.start() if self._next else len(self._text)

    def _is_padding(self, found: re.Match[str]) -> bool:
        """Whether what looks like `NAME=` is a line of base64: it is the last line, or more follows below."""
        name = found["name"]
        if looks_random(name):
            return True
        above = self._text[max(found.start() - 2 * _LONG, 0) : found.start()].split()
        if found["value"] or "_" in name or not above or not _BASE64.fullmatch(above[-1]):
            return False
        below = self._text[found.end() : found.end() + 2 * _LONG].split()
        goes_on = bool(below) and len(below[0]) >= _FRAGMENT and _BASE64.fullmatch(below[0]) is not None
        return goes_on or (len(name) + 1) % 4 == 0

    def fragment(self, binding: Binding, before: Binding | None, part: Part | None) -> Part | None:
        """The fragment of base64 that a statement is, by itself or as the continuation of the one before."""
        line = binding.statement.of(self._text).strip()
        if binding.key is None or not _BASE64.fullmatch(line):
            return None
        name, padded, _ = line.partition("=")
        adjacent = before is not None and before.statement.end == binding.statement.start
        goes_on = adjacent and part is not None and part.kind == "fragment"
        found = _ASSIGNMENT.match(self._text, binding.statement.start)
        is_name = found is not None and name.isupper() and not self._is_padding(found)
        chance = looks_random(name) or not (padded or name.isupper() or name.islower())
        if len(line) >= _LONG or (len(line) >= _FRAGMENT and chance) or (goes_on and not is_name):
            return part if goes_on and part is not None else Part("fragment", binding.statement)
        if before is not None and adjacent and (width := self._base64_width(before)):
            ends = not padded or "==" in line or (width in _WIDTHS and len(line) % 4 == 0 and not is_name)
            return Part("fragment", binding.statement) if ends else None
        return None

    def _base64_width(self, binding: Binding) -> int:
        """The number of characters of unquoted base64 in a statement; 0 if there is little or none."""
        span = binding.value_span
        if span is None or binding.quote or span.end - span.start < _LONG:
            return 0
        return span.end - span.start if _BASE64.fullmatch(span.of(self._text)) else 0

    def _line_start(self, at: int) -> int:
        return self._lines.line_span(self._lines.position(at).line).start

    def _line_end(self, at: int) -> int:
        """The end of a line with its ending."""
        return self._lines.full_line_span(self._lines.position(at).line).end
