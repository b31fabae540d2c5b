"""Blanks of an env file that no reader sees, taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from configvars.edits.places import line_ending
from configvars.model import TextEdit
from configvars.syntax.dotenv import Binding, parse_env
from configvars.text import Span

# A lone CR ends lines for python-dotenv alone; a byte order mark inside a text must not come to its start.
_ODD = re.compile("\r(?!\n)|(?<=.)\ufeff", re.DOTALL)
_BLANK = " \t\r\n"


def tidy(text: str) -> tuple[TextEdit, ...]:
    """The edits that remove blanks which python-dotenv, `heroku local` and VS Code all skip.

    Indentation, blanks around ``=`` and at the ends of lines, all but one of several blank lines; and the
    last line gets an ending. Values and comments stay, and so do lines that python-dotenv drops. A text
    with lone CRs or with byte order marks inside stays as it is.
    """
    if _ODD.search(text):
        return ()
    statements = [b for b in parse_env(text) if b.key is not None or b.error or b.comment_span]
    edits = [*_between(text, statements), *(edit for b in statements for edit in _inside(text, b))]
    return tuple(sorted((e for e in edits if e.span.of(text) != e.text), key=lambda edit: edit.span))


def _inside(text: str, binding: Binding) -> Iterator[TextEdit]:
    """The blanks of one statement that go."""
    if binding.error:
        return
    start, written = binding.statement.start, binding.statement.of(text)
    spans = [
        Span(start, start + len(written) - len(written.lstrip())),
        Span(start + len(written.rstrip()), start + len(written.rstrip("\r\n"))),
    ]
    if binding.value is not None and binding.key_span is not None and binding.literal_span is not None:
        key_end = binding.key_span.end + (text[binding.key_span.end] == "'")
        equals = text.index("=", key_end)
        spans += [Span(key_end, equals)]
        if not text.startswith(
            "#", binding.literal_span.start
        ):  # python-dotenv before 1.2.4: a value, not a comment
            spans += [Span(equals + 1, binding.literal_span.start)]
    yield from (TextEdit(span, "") for span in spans if not span.of(text).strip(" \t"))


def _between(text: str, statements: Sequence[Binding]) -> Iterator[TextEdit]:
    """One blank line where there are several, none at the ends of the file."""
    top = cursor = int(text.startswith("\ufeff"))
    for binding in statements:
        gap = Span(cursor, binding.statement.start)
        if gap.of(text) and not gap.of(text).strip(_BLANK):
            yield TextEdit(gap, "" if cursor == top else line_ending(gap.of(text)))
        cursor = binding.statement.end
    rest = Span(cursor, len(text))
    if statements and not rest.of(text).strip(_BLANK):
        yield TextEdit(rest, "" if text[cursor - 1] == "\n" else line_ending(text))
