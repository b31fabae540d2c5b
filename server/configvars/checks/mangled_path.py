"""mangled-path: python-dotenv reads parts of a Windows path in double quotes as control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.fixes import MOST_FIXES
from configvars.checks.subjects import Subject
from configvars.checks.wording import joined
from configvars.model import Definition, Example, FileEdit, FileFacts, Finding, Fix, Severity, TextEdit
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.sources.dotenv import KIND
from configvars.text import Span

NAME = "mangled-path"

_PATH = lazy_pattern(r"(?:[A-Za-z]:|\\\\[\w.-]+|\.{1,2}|%\w+%)(?:\\[^\\/:*?\"<>|\r\n]+)+\\?")
_ESCAPE = lazy_pattern(r"\\(.)", re.DOTALL)
_MEANS = {
    "a": "a bell",
    "b": "a backspace",
    "f": "a form feed",
    "n": "a line break",
    "r": "a carriage return",
    "t": "a tab",
    "v": "a vertical tab",
}


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    given = [d for d in facts.definitions if d.value_span is not None and not d.declaration]
    text = (project.text_of(facts.path) or "") if facts.kind == KIND and given else ""
    for number, definition in enumerate(given if "\\" in text else ()):
        span = definition.value_span
        if span is None or text[span.start - 1 : span.start] != '"' or not _PATH.fullmatch(span.of(text)):
            continue
        escapes = dict.fromkeys(found for found in _ESCAPE.findall(span.of(text)) if found in _MEANS)
        if escapes:
            yield _finding(facts.path, definition, span, escapes, text if number < MOST_FIXES else "")


def _finding(path: str, definition: Definition, span: Span, escapes: dict[str, None], text: str) -> Finding:
    name = definition.variable.name
    read = joined((f"\\{letter} as {_MEANS[letter]}" for letter in escapes), "and")
    message = f"{name} is no longer a path: in double quotes, python-dotenv reads {read}"
    fixes: tuple[Fix, ...] = ()
    if text and "'" not in span.of(text):
        marks = (Span(span.start - 1, span.start), Span(span.end, span.end + 1))
        edit = FileEdit(path, tuple(TextEdit(mark, "'") for mark in marks))
        fixes = (Fix("Put the path in single quotes", (edit,), preferred=True),)
    return Finding(NAME, Severity.WARNING, message, path, definition.span, definition.variable, fixes)


MANGLED_PATH = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="python-dotenv turns parts of a Windows path in double quotes into control characters.",
    what="""\
A double-quoted value that is a path with backslashes (`"C:\\new\\table"`), where a backslash is followed by
`a`, `b`, `f`, `n`, `r`, `t` or `v`. python-dotenv reads these pairs as control characters. Without quotes
and in single quotes, backslashes stay as they are.""",
    why="""\
The program looks for a file with a line break or a tab in its name and does not find it.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example("-- .env --\nA=C:\\new\nB='C:\\new'\n", note="no quotes, or single quotes"),
        Example(
            '-- .env --\nA="C:\\\\new\\\\table"\nB="C:\\Users\\x"\n',
            note="doubled backslashes; other letters",
        ),
        Example('-- .env --\nA="first\\nsecond"\nB="-----BEGIN A-----\\nx"\nC="\\t"\n', note="not a path"),
        Example('-- .env.example --\nA="C:\\new"\n', note="a template"),
    ),
    examples=(
        Example(
            '-- .env --\nDATA_DIR="C:\\new\\table"\n',
            (
                ".env:1:1 warning DATA_DIR is no longer a path: in double quotes, python-dotenv reads \\n as a line break and \\t as a tab [fix: Put the path in single quotes]",
            ),
        ),
        Example(
            '-- .env --\nA="..\\tmp"\nB="\\\\server\\backup"\n',
            (
                ".env:1:1 warning A is no longer a path: in double quotes, python-dotenv reads \\t as a tab [fix: Put the path in single quotes]",
                ".env:2:1 warning B is no longer a path: in double quotes, python-dotenv reads \\b as a backspace [fix: Put the path in single quotes]",
            ),
        ),
    ),
)
