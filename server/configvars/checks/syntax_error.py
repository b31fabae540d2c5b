"""syntax-error: a line that the program that reads the file drops, or cannot read on from."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project

NAME = "syntax-error"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    for problem in facts.problems:
        if problem.check == NAME:
            yield Finding(NAME, Severity.ERROR, problem.message, facts.path, problem.span, problem.variable)


SYNTAX_ERROR = Check(
    name=NAME,
    severity=Severity.ERROR,
    summary="python-dotenv drops this line of an env file, or a JSON file cannot be read.",
    what="""\
Env files are parsed with python-dotenv's own parser. What it cannot parse, it drops with a warning in
the log, and goes on with the next line. In app.json the first place is told from which on it is not JSON.""",
    why="""\
The variable is not set, although the file seems to set it. Without quotes, or with one that is never closed, a value
of several lines is read line by line: the rest of a private key turns into names. None of them is shown: up to the line
with END, or where that is missing up to the next `NAME=` in capitals, all is taken for a part of the key.""",
    run=_run,
    silent=(
        Example(
            "-- .env --\n# A B\nexport A = 'it''s'#\n".replace("''", "\\'"), note="spaces and export are fine"
        ),
        Example('-- .env --\nKEY="-----BEGIN\n-----END"\n', note="a value of several lines"),
        Example("-- .env --\nA=it's\nB=$(x)\nC\n", note="a quote inside, a dollar sign, a name alone"),
    ),
    examples=(
        Example("-- .env --\nA B=1\n", (".env:1:1",), "a blank in the name"),
        Example("-- .env --\nA=1\n  =x\n", (".env:2:3",), "no name"),
        Example('-- .env --\nA="x"y\n', (".env:1:1",), "something behind the closing quote"),
        Example("-- .env --\nA='x\nB=1\n", (".env:1:1",), "a quote that is never closed"),
        Example(
            "-- .env --\nKEY=-----BEGIN A-----\nabc=\nQ==\n-----END A-----\nAFTER=1\n",
            (".env:1:1 KEY",),
            "a key of several lines needs quotes",
        ),
        Example(
            '-- .env --\nKEY="-----BEGIN A-----\nabc=\nQ==\n-----END A-----\nAFTER=1\n',
            (".env:1:1 KEY",),
            "its closing quote is missing",
        ),
        Example(
            "-- .env --\nKEY=-----BEGIN A-----\nabc=\nq==\nAFTER=1\n", (".env:1:1 KEY",), "no line with END"
        ),
    ),
)
