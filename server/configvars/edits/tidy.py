"""Removing blanks from an env file that no reader uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from configvars.edits.places import line_ending
from configvars.model import TextEdit
from configvars.syntax.dotenv import Binding, parse_env
from configvars.syntax.env_comments import is_comment
from configvars.syntax.line_endings import has_odd_line_ends
from configvars.text import Span

_BLANK = " \t\r\n"


def tidy(text: str, bindings: Sequence[Binding] | None = None) -> tuple[TextEdit, ...]:
    """The edits that remove blanks which every reader of env files skips.

    They are blanks around comment lines and repeated blank lines; the last line gets a line ending, unless it
    may be a name alone, which Compose reads in another way without one. A line that sets a variable is not
    changed: django-environ accepts no blank around ``=``, and keeps one at the end of a value. Neither is a
    text in which readers disagree about line endings, nor one with a byte order mark, which some readers
    treat as part of what follows.
    """
    if has_odd_line_ends(text) or "\ufeff" in text:
        return ()
    bindings = parse_env(text) if bindings is None else bindings
    statements = [b for b in bindings if b.key is not None or b.error or b.comment_span]
    comments = [edit for b in statements if is_comment(b) for edit in _around(text, b.statement)]
    edits = [*_between(text, statements), *comments]
    return tuple(sorted((e for e in edits if e.span.of(text) != e.text), key=lambda edit: edit.span))


def _around(text: str, comment: Span) -> Iterator[TextEdit]:
    """The edits that remove the blanks before and after a comment line."""
    written = comment.of(text)
    blanks = len(written) - len(written.lstrip(" \t"))
    if written[blanks] != "#":  # after other blanks, it is no comment for Compose and `heroku local`
        return
    yield TextEdit(Span(comment.start, comment.start + blanks), "")
    line = written.rstrip("\r\n")
    yield TextEdit(Span(comment.start + len(line.rstrip(" \t")), comment.start + len(line)), "")


def _between(text: str, statements: Sequence[Binding]) -> Iterator[TextEdit]:
    """The edits that leave one blank line of several, and none at the ends of the file."""
    cursor = 0
    for binding in statements:
        gap = Span(cursor, binding.statement.start)
        if gap.of(text) and not gap.of(text).strip(_BLANK):
            yield TextEdit(gap, "" if cursor == 0 else line_ending(gap.of(text)))
        cursor = binding.statement.end
    rest = Span(cursor, len(text))
    if statements and not _may_be_name_alone(text, statements) and not rest.of(text).strip(_BLANK):
        yield TextEdit(rest, "" if text[cursor - 1] == "\n" else line_ending(text))


def _may_be_name_alone(text: str, statements: Sequence[Binding]) -> bool:
    """Whether some reader finds only a name in the last line: after an unclosed quote, that is not known."""
    last = statements[-1]
    if text[-1] in "\r\n":
        return False
    return any(each.error for each in statements) or not (is_comment(last) or "=" in last.statement.of(text))
