"""readers-disagree: another program reads a line of an env file differently from python-dotenv."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from configvars.checks.base import Check
from configvars.checks.env_readers import other_readers
from configvars.checks.fixes import MOST_FIXES, first_broken, value_given
from configvars.checks.subjects import Subject
from configvars.model import Example, FileEdit, FileFacts, Finding, Fix, Place, Severity, TextEdit, Variable
from configvars.project import Project
from configvars.runs.env_readers import PYTHON_DOTENV, program_readers
from configvars.syntax.dialects.disagreements import disagreements
from configvars.syntax.dotenv import parse_statement
from configvars.text import Span

NAME = "readers-disagree"
_TITLE = "Write the value so that all readers agree"
_SHOWN = 20  # other lines that an editor lists with the first one

Line = tuple[Span, Variable | None]


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    problems = [problem for problem in facts.problems if problem.check == NAME]
    if not problems:
        return
    by_program = program_readers(project)
    readers = (
        frozenset((*by_program, *other_readers(project))) if PYTHON_DOTENV in by_program else frozenset()
    )
    lines: dict[Line, list[str]] = defaultdict(list)
    for problem in problems:
        if problem.reader in readers:
            lines[problem.span, problem.variable].append(f"{problem.reader} {problem.message}")
    if lines:
        yield _finding(facts, project, lines, readers)


def _finding(
    facts: FileFacts, project: Project, lines: Mapping[Line, list[str]], readers: frozenset[str]
) -> Finding:
    """One finding for the file, at the first such line."""
    (first, variable), *others = lines
    message = f"Not every reader of this line agrees with python-dotenv: {'; '.join(lines[first, variable])}"
    if others:
        message += f" ({len(others)} more {'line' if len(others) == 1 else 'lines'} in this file)"
    related = tuple((Place(facts.path, span), "; ".join(lines[span, name])) for span, name in others[:_SHOWN])
    fixes = tuple(_fixes(facts, project, [span for span, _ in lines], readers))
    return Finding(NAME, Severity.HINT, message, facts.path, first, variable, fixes, related=related)


def _fixes(facts: FileFacts, project: Project, spans: list[Span], readers: frozenset[str]) -> Iterator[Fix]:
    """Rewrite all values that can be written so that all readers agree."""
    text = project.text_of(facts.path)
    statements = {definition.span: definition.statement for definition in facts.definitions}
    broken = first_broken(facts)
    found = (_edit(text or "", statements.get(span), broken, readers) for span in spans[:MOST_FIXES])
    edits = tuple(edit for edit in found if edit is not None)
    if edits:
        title = _TITLE if len(edits) == 1 else f"Write {len(edits)} values so that all readers agree"
        yield Fix(title, (FileEdit(facts.path, edits),))


def _edit(text: str, statement: Span | None, broken: int, readers: frozenset[str]) -> TextEdit | None:
    """Rewrite a value so that all readers agree, if that is possible without changing the value."""
    binding = parse_statement(statement.of(text)) if statement is not None else None
    if statement is None or binding is None or binding.value is None or binding.interpolations:
        return None
    edit = value_given(text, statement, binding.value, broken)
    if edit is None:
        return None
    after = text[statement.start : edit.span.start] + edit.text + text[edit.span.end : statement.end]
    written = parse_statement(after)
    if written is None or any(reader in readers for reader, _ in disagreements(written, after)):
        return None
    return edit


_PROCFILE = "-- Procfile --\nweb: gunicorn app:app\n"
_VSCODE = "-- .vscode/settings.json --\n{}\n"

READERS_DISAGREE = Check(
    name=NAME,
    severity=Severity.HINT,
    summary="Another program reads a line of the env file differently from python-dotenv.",
    what="""\
The same `.env` is read by python-dotenv in the app, by `heroku local`, by VS Code's Python extension
(`python.envFile`) in the debugger and in tests, and by python-decouple, Starlette and django-environ in
code that uses them. The check reports, once for each file, the lines that these programs read differently:
`export`, `#`, escapes, multi-line values, `${…}`, a comment after a value. Only programs that this project
uses are considered: `heroku local` if the project deploys to Heroku, VS Code if there is a settings file
for it, a library if the code reads variables with it.""",
    why="""\
An app that works under `flask run` gets other settings, or stops with an error, under `heroku local` or in
the debugger. A value without line breaks, quotes, backslashes, `${`, `#` and surrounding spaces is read the
same by all of them.""",
    run=_run,
    about=Subject.PROBLEMS,
    silent=(
        Example(
            f"{_PROCFILE}{_VSCODE}-- .env --\nA=1\nB = two words\nC='x'\nD=\"x # y\"\n# E\n\n",
            note="all readers agree",
        ),
        Example(
            f"{_PROCFILE}-- .env --\nURL=postgres://u:p@h:5432/db?a=b\nHOST=x\nU='http://h/'\n",
            note="URLs",
        ),
        Example(f"{_PROCFILE}-- .env.example --\nexport A=1\n", note="a template"),
        Example("-- .env --\nexport A=1\nB=x#y\n", note="python-dotenv is the only reader here"),
        Example(f"{_VSCODE}-- .env --\nB=x#y\n", note="VS Code agrees"),
        Example(
            "-- app.py --\nfrom decouple import config\nconfig('A')\n-- .env --\nA=x # y\n",
            note="python-decouple is the only reader",
        ),
    ),
    examples=(
        Example(
            f"{_PROCFILE}-- .env --\nexport FOO=bar\n",
            (
                ".env:1:8 hint Not every reader of this line agrees with python-dotenv: heroku local reads export as part of the name",
            ),
            "heroku local reads export as part of the name",
        ),
        Example(
            f"{_PROCFILE}-- .env --\nFOO=http://h/#frag\n",
            (
                ".env:1:1 hint Not every reader of this line agrees with python-dotenv: heroku local cuts the value at the # [fix: Write the value so that all readers agree]",
            ),
            "heroku local cuts the value at the #",
        ),
        Example(
            f'{_PROCFILE}-- .env --\nFOO="x\\ny"\n',
            (
                ".env:1:1 hint Not every reader of this line agrees with python-dotenv: heroku local does not support backslash escapes",
            ),
            "an escape",
        ),
        Example(
            f"{_PROCFILE}-- .env --\nFOO='x\ny'\n",
            (
                ".env:1:1 hint Not every reader of this line agrees with python-dotenv: heroku local stops with an error at a quote that is not closed on its line",
            ),
            "heroku local stops with an error",
        ),
        Example(
            f"{_PROCFILE}-- .env --\nHOST=h\nFOO=${{HOST}}\nBAR=${{HOST}}\n",
            (
                ".env:2:1 hint Not every reader of this line agrees with python-dotenv: heroku local does not interpolate ${…} (1 more line in this file) [see .env:3:1: heroku local does not interpolate ${…}]",
            ),
            "heroku local does not interpolate; once for the file",
        ),
        Example(
            f"{_VSCODE}-- .env --\nFOO=bar # note\n",
            (
                ".env:1:1 hint Not every reader of this line agrees with python-dotenv: VS Code reads the comment as part of the value",
            ),
            "VS Code keeps the comment",
        ),
        Example(
            "-- app.py --\nfrom decouple import config\nfrom dotenv import load_dotenv\nload_dotenv()\nconfig('FOO')\n"
            "-- .env --\nFOO=bar # note\n",
            (
                ".env:1:1 hint Not every reader of this line agrees with python-dotenv: python-decouple reads the comment as part of the value",
            ),
            "python-decouple keeps it, too",
        ),
    ),
)
