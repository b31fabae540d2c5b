"""syntax-error: the program that reads a file ignores a line of it, or cannot parse the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.fixes import MOST_FIXES
from configvars.checks.subjects import Subject
from configvars.edits.quote import close_quote, quote
from configvars.model import Example, FileEdit, FileFacts, Finding, Fix, Problem, Severity
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.env_readers import DYNACONF, PYTHON_DOTENV, program_readers
from configvars.runs.loaded import is_loaded
from configvars.sources.dotenv import KIND

NAME = "syntax-error"
# The other libraries have a grammar in which hardly any line is invalid.
_DROPPING = frozenset({PYTHON_DOTENV, DYNACONF})
# Shell commands that cannot be mistaken for assignments.
_SHELL = lazy_pattern(
    r"(?:alias|case|cd|do|done|echo|elif|else|esac|eval|exec|exit|fi|for|function|if|printf|return|set|shift"
    r"|source|then|trap|ulimit|umask|unalias|unset|until|while)(?:[ \t;]|$)"
    r"|\.[ \t]|\[\[?[ \t]|[{}][ \t]*$|[\w-]+[ \t]*\(\)|export[ \t]+-"
)

# A comment of INI files.
_SEMICOLON = ";"
_EXPORTED = lazy_pattern(r"^[ \t]*export[ \t]+\w+=", re.MULTILINE)
_PLAIN = lazy_pattern(r"^[ \t]*\w+[ \t]*=", re.MULTILINE)


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    problems = [problem for problem in facts.problems if problem.check == NAME]
    if not problems or (
        facts.kind == KIND and not any(name in _DROPPING for name in program_readers(project))
    ):
        return
    text = project.text_of(facts.path) if facts.kind == KIND else None
    is_script = text is not None and _is_script(text)
    shell = [each for each in problems if text and (is_script or _SHELL.match(each.span.of(text)))]
    if shell and is_loaded(project, facts.path):
        others = f" and {len(shell) - 1} more are" if len(shell) > 1 else " is"
        message = f"This line{others} for a shell: python-dotenv ignores lines that are not NAME=value"
        yield Finding(NAME, Severity.INFORMATION, message, facts.path, shell[0].span)
    in_shell = {each.span for each in shell}
    for number, problem in enumerate(each for each in problems if each.span not in in_shell):
        if text is not None and problem.span.of(text).startswith(_SEMICOLON):
            message = "A comment starts with #: python-dotenv logs a warning for this line, and ignores it"
            yield Finding(NAME, Severity.INFORMATION, message, facts.path, problem.span)
            continue
        fixes = _fixes(facts.path, text, problem, project) if text and number < MOST_FIXES else ()
        yield Finding(
            NAME, Severity.ERROR, problem.message, facts.path, problem.span, problem.variable, tuple(fixes)
        )


def _is_script(text: str) -> bool:
    """Whether a shell reads the file, which python-dotenv's users would write without `export`."""
    return _EXPORTED.search(text) is not None and _PLAIN.search(text) is None


def _fixes(path: str, text: str, problem: Problem, project: Project) -> Iterator[Fix]:
    """The fix that quotes a multi-line key. It changes what the program reads, so it is never applied without asking."""
    if problem.variable is None:
        return
    at, bindings = problem.span.start, project.statements(path)
    bindings = bindings[max(bisect_right(bindings, at, key=lambda each: each.statement.start) - 1, 0) :]
    if edit := close_quote(text, at, bindings):
        yield Fix("Close the quote after the key", (FileEdit(path, (edit,)),), preferred=True)
    elif edit := quote(text, at, bindings):
        yield Fix("Put the key in quotes", (FileEdit(path, (edit,)),), preferred=True)


SYNTAX_ERROR = Check(
    name=NAME,
    severity=Severity.ERROR,
    summary="python-dotenv ignores a line of an env file, or a JSON file cannot be parsed.",
    what="""\
configvars parses env files with python-dotenv's own parser. python-dotenv logs a warning for a line that it
cannot parse, ignores it and continues with the next line. Shell commands in the file (`source`, `if`,
`alias` …, and any other line if each assignment has `export`) are reported once for each file, as information:
a shell reads the file, too. They are not reported in a file that nothing here loads. A line that starts with `;`, a comment
in other formats, is information. Nothing is reported if only python-decouple,
Starlette or django-environ read the file, because their grammar differs. In app.json, the finding is placed
at the first position where the text is not valid JSON. With `check --deploy`, a Python file that Python's
own parser rejects is reported as well, if a process of the Procfile loads it or if that is not known; tests,
templates of Python files and syntax of newer Pythons are not.""",
    why="""\
The variable is not set although the file seems to set it. A multi-line value without quotes, or with a
quote that is never closed, is read line by line, so the rest of a private key turns into names. configvars
does not show such names: everything up to the line with END, or without one up to the next `NAME=` in upper
case, is treated as part of the key.""",
    run=_run,
    about=Subject.PROBLEMS,
    silent=(
        Example(
            "-- .env --\n# A B\nexport A = 'it''s'#\n".replace("''", "\\'"), note="spaces and export are fine"
        ),
        Example(
            "-- deploy/host.env --\nexport A=1\nalias b=c\n-- app.py --\nprint(1)\n", note="only for a shell"
        ),
        Example('-- .env --\nKEY="-----BEGIN\n-----END"\n', note="a multi-line value"),
        Example("-- .env --\nA=it's\nB=$(x)\nC\n", note="a quote inside, a dollar sign, a name alone"),
        Example(
            "-- app.py --\nfrom decouple import config\nconfig('A')\n-- .env --\nA=\"it's\" 'x\n",
            note="python-decouple reads it",
        ),
    ),
    examples=(
        Example(
            "-- .env --\nA B=1\n",
            (".env:1:1 error python-dotenv ignores this line: it is neither NAME=value nor a comment",),
            "a space in the name",
        ),
        Example(
            "-- .env --\nA=1\n  =x\n",
            (".env:2:3 error python-dotenv ignores this line: there is no name before the =",),
            "not a name",
        ),
        Example(
            '-- .env --\nA="x"y\n',
            (".env:1:1 error python-dotenv ignores this line: there is text after the closing quote",),
            "text after the closing quote",
        ),
        Example(
            "-- .env --\n; A=1\nA=2\n",
            (
                ".env:1:1 information A comment starts with #: python-dotenv logs a warning for this line, and ignores it",
            ),
            "a comment of INI files",
        ),
        Example(
            "-- .env --\nworkon shop\nexport A=1\nexport B=2\n",
            (
                ".env:1:1 information This line is for a shell: python-dotenv ignores lines that are not NAME=value",
            ),
            "each assignment has export",
        ),
        Example(
            "-- .env --\nA=1\nif [ -f .x ]; then\n  source .x\nfi 2\nB C=1\n",
            (
                ".env:2:1 information This line and 2 more are for a shell: python-dotenv ignores lines that are not NAME=value",
                ".env:5:1 error python-dotenv ignores this line: it is neither NAME=value nor a comment",
            ),
            "shell commands, reported once, and another line",
        ),
        Example(
            "-- .env --\nA='x\nB=1\n",
            (".env:1:1 error python-dotenv ignores this line: its quote is never closed",),
            "a quote that is never closed",
        ),
        Example(
            "-- .env --\nKEY=-----BEGIN A-----\nabc=\nQ==\n-----END A-----\nAFTER=1\n",
            (
                ".env:1:1 error The key that starts here needs quotes around all of its lines: python-dotenv reads each line separately [fix: Put the key in quotes]",
            ),
            "a multi-line key needs quotes",
        ),
        Example(
            '-- .env --\nKEY="-----BEGIN A-----\nabc=\nQ==\n-----END A-----\nAFTER=1\n',
            (
                ".env:1:1 error The key that starts here has no closing quote: python-dotenv ignores this line and reads each of the next lines separately [fix: Close the quote after the key]",
            ),
            "its closing quote is missing",
        ),
        Example(
            "-- .env --\nKEY=-----BEGIN A-----\nabc=\nq==\nAFTER=1\n",
            (
                ".env:1:1 error The key that starts here needs quotes around all of its lines: python-dotenv reads each line separately [fix: Put the key in quotes]",
            ),
            "no line with END",
        ),
    ),
)
