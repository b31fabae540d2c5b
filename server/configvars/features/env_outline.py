"""The sections of an env file, according to its comments and blank lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from configvars.patterns import lazy_pattern
from configvars.syntax.dotenv import Binding
from configvars.syntax.env_comments import is_fit_to_show
from configvars.text import LineIndex, Span

# Dashes, hashes and similar characters around a heading.
_FRAME = lazy_pattern(r"^[#\s\-=*~_/\[\]|]+|[#\s\-=*~_/\[\]|:]+$")
_FRAMED = lazy_pattern(r"#\s*(?:[-=*~#/\[|]{1,}.*\w|.*\w.*[-=*~#]{2,}\s*$)")


class Section(Struct, frozen=True):
    """Statements under a heading; `heading` is None and `title` empty for those before the first."""

    title: str
    heading: Span | None
    statements: tuple[Binding, ...]
    span: Span


def sections(text: str, bindings: Iterable[Binding]) -> Iterator[Section]:
    """The sections of an env file with these statements in order, without those that have no statement."""
    blocks = [block for block in _blocks(text, bindings) if block]
    title, heading, statements = "", None, list[Binding]()
    for block in blocks:
        named = [b for b in block if b.key is not None]
        if (comment := _heading(text, block)) and (len(named) != 1 or _is_framed(text, comment)):
            yield from _section(title, heading, statements)
            title, heading, statements = _title(text, comment), comment, []
        statements += named
    yield from _section(title, heading, statements)


def _section(title: str, heading: Span | None, statements: Sequence[Binding]) -> Iterator[Section]:
    if statements:
        start = heading.start if heading else statements[0].statement.start
        yield Section(title, heading, tuple(statements), Span(start, statements[-1].statement.end))


def _blocks(text: str, bindings: Iterable[Binding]) -> Iterator[list[Binding]]:
    """Statements and comments between blank lines, and from one framed heading to the next."""
    lines = LineIndex(text)
    block: list[Binding] = []
    last = -1
    for binding in bindings:
        if binding.key is None and binding.comment_span is None:
            continue
        first = lines.position(binding.statement.start).line
        heads = bool(block) and block[-1].key is not None and _is_framed_heading(text, binding)
        if first > last + 1 or heads:
            yield block
            block = []
        block.append(binding)
        last = lines.position(max(binding.statement.end - 1, 0)).line
    yield block


def _heading(text: str, block: Sequence[Binding]) -> Span | None:
    """The first line of a block that is a comment with words in it, before any statement."""
    for binding in block:
        if binding.key is not None:
            return None
        if binding.comment_span and _title(text, binding.comment_span):
            return binding.comment_span
    return None


def _is_framed_heading(text: str, binding: Binding) -> bool:
    comment = binding.comment_span if binding.key is None else None
    return comment is not None and _is_framed(text, comment) and bool(_title(text, comment))


def _is_framed(text: str, comment: Span) -> bool:
    return _FRAMED.match(comment.of(text)) is not None


def _title(text: str, comment: Span) -> str:
    """The words of a heading; empty for a commented-out line, which may contain a value."""
    words = _FRAME.sub("", comment.of(text).strip())
    return words if is_fit_to_show(words) else ""
