"""Problems that one env file alone shows. No message contains part of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.model import Problem, Variable
from configvars.patterns import lazy_pattern
from configvars.syntax.dialects.disagreements import disagreements
from configvars.syntax.dotenv import Binding, Interpolation
from configvars.syntax.env_names import is_name, looks_random
from configvars.syntax.env_parts import Part
from configvars.text import Span

SYNTAX_ERROR = "syntax-error"
_QUOTED_VALUE = lazy_pattern(
    r"""(?:export\s+)?(?P<name>'[^']+'|[^=\#\s]+)\s*=\s*(?P<quote>['"])"""
    r"""(?P<closed>(?:(?!(?P=quote))[^\\]|\\.)*(?P=quote))?""",
    re.DOTALL,
)
_BEGIN = lazy_pattern(r"-{4}[ \t]?BEGIN\b")
# An unclosed quote that contains an assignment on a later line.
_SWALLOWED = lazy_pattern(r"[\r\n][ \t]*(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*=(?!=?[ \t]*$)", re.MULTILINE)
_IN_A_NAME = "a name may contain only letters, digits and underscores"


def in_part(binding: Binding, part: Part, text: str, *, template: bool) -> Iterator[Problem]:
    """The problem of lines that are parts of one value, reported at the first of them, `binding`."""
    if part.kind == "fragment":
        if not template:
            words = "This line sets nothing. If it continues the value above, that value needs quotes"
            yield Problem("bare-name", _first_line(binding, text), words)
    elif part.kind == "quote":
        yield _syntax_error(binding, text)
    else:
        yield _of_key(binding, text)


def of_line(binding: Binding, text: str, *, template: bool) -> Iterator[Problem]:
    """Problems of a statement whose key, if any, may be shown."""
    if binding.error:
        written = binding.statement.of(text)
        is_key = _BEGIN.search(written) is not None and _SWALLOWED.search(written) is not None
        yield _of_key(binding, text) if is_key else _syntax_error(binding, text)
    elif binding.key_span is not None and not template:
        variable = Variable("env", binding.key or "")
        for reader, words in disagreements(binding, text):
            yield Problem("readers-disagree", binding.key_span, words, variable, reader)


def of_concealed(binding: Binding, *, template: bool) -> Iterator[Problem]:
    """Problems of a statement whose key must not be shown."""
    key, span = binding.key or "", binding.key_span
    if span is None or (template and binding.value is None):
        return
    if binding.value is None:
        words = "This line sets nothing, because it has no ="
        yield Problem("bare-name", span, words)
    elif is_name(key) or looks_random(key):
        words = "The text before the = looks like part of a key. A multi-line value needs quotes"
        yield Problem("invalid-name", span, words)
    else:
        why = "a name must not start with a digit" if re.fullmatch(r"\w+", key, re.ASCII) else _IN_A_NAME
        yield Problem("invalid-name", span, f"The name on this line cannot be a config var on Heroku: {why}")


def unnamed_interpolation(found: Interpolation) -> Iterator[Problem]:
    """The problem of a `${…}` whose name must not be shown; it may be meant literally."""
    if found.default_span is None:
        words = "The variable in this ${…} is not set: python-dotenv replaces it with nothing"
        yield Problem("undefined-interpolation", found.span, words)


def _of_key(binding: Binding, text: str) -> Problem:
    """The problem of a multi-line key without one or both quotes."""
    found = _QUOTED_VALUE.match(binding.statement.of(text).strip())
    if found is not None and binding.error:
        words = "The key that starts here has no closing quote: python-dotenv ignores this line"
        if found["closed"]:
            words += " and everything up to the next quote"
        else:
            words += " and reads each of the next lines separately"
    else:
        words = "The key that starts here needs quotes around all of its lines"
        words += ": python-dotenv reads each line separately"
    name = binding.key or (found["name"].strip("'") if found else "")
    variable = Variable("env", name) if is_name(name) else None
    return Problem(SYNTAX_ERROR, _first_line(binding, text), words, variable)


def _syntax_error(binding: Binding, text: str) -> Problem:
    written = binding.statement.of(text).strip()
    words = f"python-dotenv ignores this line: {_what_is_wrong(written)}"
    return Problem(SYNTAX_ERROR, _first_line(binding, text), words)


def _what_is_wrong(written: str) -> str:
    """Why python-dotenv ignores a statement; the answer quotes no part of it."""
    quoted = _QUOTED_VALUE.match(written)
    if written.startswith("="):
        return "there is no name before the ="
    if quoted is None:
        return "it is neither NAME=value nor a comment"
    return "there is text after the closing quote" if quoted["closed"] else "its quote is never closed"


def _first_line(binding: Binding, text: str) -> Span:
    """The first line of a statement, without the blanks around it."""
    line = re.match(r"[^\r\n]*", binding.statement.of(text))
    written = line[0] if line else ""
    start = binding.statement.start + len(written) - len(written.lstrip())
    return Span(start, start + len(written.strip()))
