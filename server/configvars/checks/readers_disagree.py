"""readers-disagree: a line that `heroku local` or VS Code reads in another way than python-dotenv."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.fixes import MOST_FIXES
from configvars.edits import apply_edits, moved, set_value
from configvars.model import Example, FileEdit, FileFacts, Finding, Fix, Severity
from configvars.project import Project
from configvars.syntax.dotenv import parse_env
from configvars.syntax.other_readers import disagreement
from configvars.text import Span

NAME = "readers-disagree"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    problems = [problem for problem in facts.problems if problem.check == NAME]
    text = project.text_of(facts.path) if problems else None
    statements = {definition.span: definition.statement for definition in facts.definitions}
    for number, problem in enumerate(problems):
        message = f"Not every reader takes this line as python-dotenv does: {problem.message}"
        statement = statements.get(problem.span) if number < MOST_FIXES else None
        fix = _fix(facts.path, text, statement) if text is not None and statement is not None else None
        fixes = (fix,) if fix else ()
        yield Finding(NAME, Severity.HINT, message, facts.path, problem.span, problem.variable, fixes)


def _fix(path: str, text: str, statement: Span) -> Fix | None:
    """Write the value so that all read it alike, where that can be done without another value."""
    line = statement.of(text)
    binding = next((b for b in parse_env(line) if b.key is not None), None)
    if binding is None or binding.key is None or binding.value is None or binding.interpolations:
        return None
    edits = set_value(line, binding.key, binding.value)
    after = apply_edits(line, edits)
    if any(disagreement(b, after) for b in parse_env(after)):
        return None
    change = FileEdit(path, moved(edits, statement.start))
    return Fix("Write the value so that every reader takes it alike", (change,), certain=True)


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
