"""readers-disagree: a line that `heroku local` or VS Code reads in another way than python-dotenv."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.fixes import MOST_FIXES, first_broken, replace_text, value_given
from configvars.model import Example, FileFacts, Finding, Severity, TextEdit
from configvars.project import Project
from configvars.syntax.dotenv import parse_statement
from configvars.syntax.other_readers import disagreement
from configvars.text import Span

_TITLE = "Write the value so that every reader takes it alike"

NAME = "readers-disagree"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    problems = [problem for problem in facts.problems if problem.check == NAME]
    text = project.text_of(facts.path) if problems else None
    broken = first_broken(facts)
    statements = {definition.span: definition.statement for definition in facts.definitions}
    for number, problem in enumerate(problems):
        message = f"Not every reader takes this line as python-dotenv does: {problem.message}"
        statement = statements.get(problem.span) if number < MOST_FIXES else None
        edit = _edit(text, statement, broken) if text is not None and statement is not None else None
        fixes = (replace_text(facts.path, edit, _TITLE),) if edit else ()
        yield Finding(NAME, Severity.HINT, message, facts.path, problem.span, problem.variable, fixes)


def _edit(text: str, statement: Span, broken: int) -> TextEdit | None:
    """Write the value so that all read it alike, where that can be done without another value."""
    binding = parse_statement(statement.of(text))
    if binding is None or binding.value is None or binding.interpolations:
        return None
    edit = value_given(text, statement, binding.value, broken)
    if edit is None:
        return None
    after = text[statement.start : edit.span.start] + edit.text + text[edit.span.end : statement.end]
    written = parse_statement(after)
    return None if written is None or disagreement(written, after) else edit


READERS_DISAGREE = Check(
    name=NAME,
    severity=Severity.HINT,
    summary="`heroku local` or VS Code reads a line of an env file in another way than python-dotenv.",
    what="""\
The same `.env` is read by python-dotenv in the app, by `heroku local`, and by VS Code's Python extension
(`python.envFile`) in the debugger and the tests. Told is each line that they do not read alike: `export`, `#`, escapes,
values of several lines, `${…}`, a comment behind a value.""",
    why="""\
An app that works under `flask run` gets other settings, or stops with an error, under `heroku local` or in the
debugger. Alike in all of them is a value without line ends, quotes, backslashes, `${`, `#` and blanks at its ends.""",
    run=_run,
    silent=(
        Example("-- .env --\nA=1\nB = two words\nC='x'\nD=\"x # y\"\n# E\n\n", note="all read these alike"),
        Example("-- .env --\nURL=postgres://u:p@h:5432/db?a=b\nHOST=x\nU='http://h/'\n", note="addresses"),
        Example("-- .env.example --\nexport A=1\n", note="a template"),
    ),
    examples=(
        Example("-- .env --\nexport FOO=bar\n", (".env:1:8 FOO",), "export is part of heroku local's name"),
        Example("-- .env --\nFOO=http://h/#frag\n", (".env:1:1 FOO",), "heroku local cuts at the #"),
        Example('-- .env --\nFOO="x\\ny"\n', (".env:1:1 FOO",), "an escape"),
        Example("-- .env --\nFOO='x\ny'\n", (".env:1:1 FOO",), "heroku local stops with an error"),
        Example("-- .env --\nHOST=h\nFOO=${HOST}\n", (".env:2:1 FOO",), "heroku local does not interpolate"),
        Example("-- .env --\nFOO=bar # note\n", (".env:1:1 FOO",), "VS Code keeps the comment"),
    ),
)
