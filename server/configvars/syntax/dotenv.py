"""Parses env files as python-dotenv does, with the spans of all parts.

The grammar is python-dotenv's own `parse_binding`, run over a reader that records where its regular
expressions matched, so keys, values and errors are always equal. This is the only module that imports
`dotenv`. Besides the documented API it uses `Reader`, `parse_binding` and `Error` of `dotenv.parser`, and
relies on the captured groups of a statement being the key, the equals sign and the value.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from dotenv import parser
from msgspec import Struct

from configvars.limits import EXPANDED, beyond
from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.syntax import interpolation
from configvars.syntax.line_endings import Translated
from configvars.text import Span

Quote = Literal["", "'", '"']

# The captured groups of a statement, in order.
_KEY, _EQUALS, _VALUE = range(3)
# From this length, an unquoted value is trimmed here: python-dotenv takes quadratic time for long blanks.
_LONG_VALUE = 512
_COMMENT = lazy_pattern(r"\s#")


class ExpansionError(ValueError):
    """The interpolated values of a file are too large to be computed."""

    def __init__(self) -> None:
        super().__init__("the values grow too large when interpolated")


class Interpolation(Struct, frozen=True):
    """A `${NAME:-default}` in a value: `span` is the name as written, `expression` all of it.

    `default_span` is None if there is no default; it may be empty.
    """

    name: str
    span: Span
    expression: Span
    default_span: Span | None


class Binding(Struct, frozen=True):
    """One statement of an env file; the spans refer to the document as it was passed.

    `key` is None for a comment, for the blanks at the end of a file, and if `error` says that python-dotenv
    ignores the statement. `value` is the value before interpolation; None for a bare key. `statement` covers
    all of its lines with the last line ending, but no blank lines before it. `key_span` and `value_span` are
    inside the quotes, `literal_span` is the value with its quotes. If nothing follows ``=``, both are empty
    and directly after it; a bare key has an empty `literal_span` after it and no `value_span`. `comment_span`
    starts at the ``#`` and ends with the line; `export_span` is the word `export`.
    """

    statement: Span
    key: str | None = None
    value: Secret | None = None
    error: bool = False
    key_span: Span | None = None
    value_span: Span | None = None
    literal_span: Span | None = None
    quote: Quote = ""
    export_span: Span | None = None
    comment_span: Span | None = None
    interpolations: tuple[Interpolation, ...] = ()


def parse_env(text: str) -> list[Binding]:
    """The statements of an env file, one for each that python-dotenv finds in a file with this content."""
    return list(iter_bindings(text))


def iter_bindings(text: str) -> Iterator[Binding]:
    """`parse_env` a statement at a time, so that the caller can stop or do other work in between."""
    return _bindings(text, _SpanReader)


def parse_statement(statement: str) -> Binding | None:
    """The binding in the text of one statement of a file, with spans in that text.

    The text is what `Binding.statement` covers: a byte order mark at its start is not skipped, unlike at the
    start of a file. None if it is not one statement with a key.
    """
    found = list(_bindings(statement, _StatementReader))
    return found[0] if len(found) == 1 and found[0].key is not None else None


def _bindings(text: str, reading: type[_SpanReader]) -> Iterator[Binding]:
    translated = Translated(text)
    reader = reading(translated.text)
    while reader.has_next():
        reader.start_statement()
        found = parser.parse_binding(reader)
        yield _binding(found, reader, translated)


def resolve(
    bindings: Iterable[Binding], environ: Mapping[str, str], *, override: bool
) -> dict[str, Secret | None]:
    """The interpolated values by key, as python-dotenv computes them: None for a bare key.

    `override` says what has precedence inside `${…}`: an earlier line of the file (as in `dotenv_values` and
    `load_dotenv(override=True)`) or `environ`. Raises `ExpansionError` if values that repeat each other would
    become too large.
    """
    values: dict[str, str | None] = {}
    budget = EXPANDED.most

    def look_up(name: str, default: str) -> str:
        first, second = (values, environ) if override else (environ, values)
        found = first[name] if name in first else second.get(name, default)
        return "" if found is None else found

    for binding in bindings:
        if binding.key is None:
            continue
        if binding.value is None:
            values[binding.key] = None
            continue
        parts: list[str] = []
        for part in _expanded(binding.value.reveal(), look_up):
            budget -= len(part)
            if budget < 0:
                beyond(EXPANDED)
                raise ExpansionError
            parts.append(part)
        values[binding.key] = "".join(parts)
    return {key: None if value is None else Secret(value) for key, value in values.items()}


def _expanded(value: str, look_up: Callable[[str, str], str]) -> Iterator[str]:
    cursor = 0
    for found in interpolation.scan(value):
        yield value[cursor : found.span.start]
        yield look_up(found.name.of(value), found.default.of(value) if found.default else "")
        cursor = found.span.end
    yield value[cursor:]


class _SpanReader(parser.Reader):
    """python-dotenv's reader, which also records what matched where in the current statement.

    It does not count lines, which takes most of python-dotenv's time. `long_value` is the unquoted value of a
    statement that is too long for python-dotenv to trim; python-dotenv gets an empty one instead.
    """

    def __init__(self, text: str) -> None:
        super().__init__(io.StringIO(text))
        self.bom = len(text) - len(self.string)
        self.start_statement()

    def start_statement(self) -> None:
        self.start = self.position.chars
        self.matches: list[re.Match[str]] = []
        self.captures: list[re.Match[str]] = []
        self.long_value: str | None = None

    def read_regex(self, regex: re.Pattern[str]) -> Sequence[str]:
        match = regex.match(self.string, self.position.chars)
        if match is None:
            raise parser.Error("no match")
        self.position.chars = match.end()
        self.matches.append(match)
        if regex.groups:
            self.captures.append(match)
            if len(self.captures) == _VALUE + 1 and _is_unquoted(match) and len(match[1]) > _LONG_VALUE:
                self.long_value = _trimmed(match[1])
                return ("",)
        return match.groups()


class _StatementReader(_SpanReader):
    """Reads from the middle of a file, where a byte order mark is an ordinary character."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.string, self.bom = text, 0


def _is_unquoted(match: re.Match[str]) -> bool:
    return match.start() == match.start(1)


def _trimmed(part: str) -> str:
    r"""The result of `re.sub(r"\s+#.*", "", part).rstrip()` for a part of a line, in linear time."""
    comment = _COMMENT.search(part)
    return part[: comment.start() if comment else len(part)].rstrip()


def _binding(found: parser.Binding, reader: _SpanReader, translated: Translated) -> Binding:
    """A statement of python-dotenv's, with the spans that its reader has recorded."""

    def place(span: Span) -> Span:
        return translated.original(_moved(span, reader.bom) if reader.bom else span)

    text, end = reader.string, reader.position.chars
    first = reader.matches[0].end() if reader.matches else end
    line_start = text.rfind("\n", reader.start, first) + 1 or reader.start
    statement = place(Span(line_start, end))
    if found.error:
        return Binding(statement, error=True)
    if found.key is None:
        comment = _comment(text, first, end)
        return Binding(statement, comment_span=comment and place(comment))
    key, export = reader.captures[_KEY], reader.matches[1]
    value = found.value if reader.long_value is None else reader.long_value
    literal, quote = _literal(reader.captures, value)
    comment = _comment(text, literal.end, end)
    inside = None if value is None else Span(literal.start + len(quote), literal.end - len(quote))
    return Binding(
        statement,
        key=found.key,
        value=None if value is None else Secret(value),
        key_span=place(Span(*key.span(1))),
        value_span=inside and place(inside),
        literal_span=place(literal),
        quote=quote,
        export_span=place(Span(export.start(), export.start() + len("export"))) if export[0] else None,
        comment_span=comment and place(comment),
        interpolations=tuple(_interpolations(text, inside, value, place)) if inside and value else (),
    )


def _literal(captures: list[re.Match[str]], value: str | None) -> tuple[Span, Quote]:
    """The span of the value (or of its place, for a bare key) with its quotes, and the kind of quotes."""
    if value is None:
        return Span(captures[_KEY].end(), captures[_KEY].end()), ""
    if len(captures) == _VALUE:
        behind_equals = captures[_EQUALS].start() + 1
        return Span(behind_equals, behind_equals), ""
    match = captures[_VALUE]
    if _is_unquoted(match):
        return Span(match.start(), match.start() + len(value)), ""
    return Span(*match.span()), '"' if match[0][0] == '"' else "'"


def _comment(text: str, start: int, end: int) -> Span | None:
    """The comment after a statement's value, up to its line ending."""
    rest = text[start:end].lstrip()
    if not rest.startswith("#"):
        return None
    return Span(end - len(rest), end - rest.endswith("\n"))


def _interpolations(
    text: str, inside: Span, value: str, place: Callable[[Span], Span]
) -> Iterator[Interpolation]:
    """The interpolations of a value. Escapes can change names, but never what is an interpolation."""
    if "${" not in value:
        return
    written = inside.of(text)
    for here, read in zip(interpolation.scan(written), interpolation.scan(value), strict=True):
        yield Interpolation(
            read.name.of(value),
            place(_moved(here.name, inside.start)),
            place(_moved(here.span, inside.start)),
            place(_moved(here.default, inside.start)) if here.default else None,
        )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
