"""undefined-interpolation: an env file uses `${X}`, and nothing sets X."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.catalog import never_missing
from configvars.checks.base import Check
from configvars.checks.main_env_file import is_one_unread
from configvars.checks.subjects import Subject
from configvars.model import Example, FileFacts, Finding, Severity, Variable
from configvars.project import Project
from configvars.resolve.env_files import is_template, used_file
from configvars.runs.env_readers import DYNACONF, PYTHON_DOTENV, program_readers
from configvars.runs.givers import given_elsewhere
from configvars.secret import Secret
from configvars.sources.dotenv import INTERPOLATION, KIND

NAME = "undefined-interpolation"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != KIND or is_template(facts.path) or _is_taken_as_written(facts.path, project):
        return
    yield from _unnamed(facts, project)
    # A variable is visible after the first line that sets it.
    visible = {d.variable: d.statement.end for d in reversed(facts.definitions) if d.statement is not None}
    for reference in facts.references:
        name, here = reference.variable.name, visible.get(reference.variable)
        if (
            reference.idiom != INTERPOLATION
            or (here is not None and here <= reference.span.start)
            or never_missing(name)
            or given_elsewhere(project, name)
            or _is_in_other_file(facts, reference.variable, project)
        ):
            continue
        words = "is not set anywhere" if here is None else "is not set above this line"
        message = f"{name} {words}: python-dotenv replaces ${{{name}}} with nothing"
        yield Finding(NAME, Severity.INFORMATION, message, facts.path, reference.span, reference.variable)


def _is_taken_as_written(path: str, project: Project) -> bool:
    """Whether a library that does not interpolate reads the file, or code that turns it off (`interpolate=False`)."""
    if {PYTHON_DOTENV, DYNACONF}.isdisjoint(program_readers(project)):
        return True
    files, root = project.index.files, project.root
    return any(
        used_file(use, loader, files, root) == path
        for loader, facts in files.items()
        for use in facts.env_files
        if not use.interpolates
    )


def _unnamed(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """Findings without the name, because it may be part of the value."""
    problems = [problem for problem in facts.problems if problem.check == NAME]
    text = (project.text_of(facts.path) or "") if problems else ""
    for problem in problems:
        variable = Variable("env", problem.span.of(text))
        if not (
            Secret(variable.name) in facts.concealed
            or never_missing(variable.name)
            or given_elsewhere(project, variable.name)
            or _is_in_other_file(facts, variable, project)
        ):
            yield Finding(NAME, Severity.INFORMATION, problem.message, facts.path, problem.span)


def _is_in_other_file(facts: FileFacts, variable: Variable, project: Project) -> bool:
    """Whether another env file, which may have been loaded before this one, sets the variable."""
    return is_one_unread(project) or any(
        found.path != facts.path and found.definition.value is not None and not found.definition.declaration
        for found in project.index.definitions(variable)
    )


UNDEFINED_INTERPOLATION = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="An env file uses `${NAME}`, and nothing sets NAME.",
    what="""\
`${NAME}` without a default, where NAME is set neither on an earlier line of the file nor by another env
file, the operating system, Heroku or the `given` setting. python-dotenv interpolates in single quotes, too.
It does not interpolate `$NAME` without braces, and it replaces a variable that is not set by an empty
string. A lower-case name that the file does not set may be part of a password, so the message does not show
it.""",
    why="""\
Part of the value is silently missing. Often the line that sets the variable is just too far down:
python-dotenv sees only the lines above. To keep a literal `${`, write `${:-$}{`.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example(
            "-- .env --\nA=${NOPE}\n-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv(interpolate=False)\n",
            note="taken as written",
        ),
        Example(
            "-- .env --\nA=${NOPE}\n-- app.py --\nfrom decouple import config\nconfig('A')\n",
            note="python-decouple does not interpolate",
        ),
        Example("-- .env --\nA=1\nB=${A}\n", note="set on an earlier line"),
        Example(
            "-- .env --\nB=${A:-}\nC=$A\nD=${HOME}\nE=${:-$}{A}\n", note="a default; no interpolation; HOME"
        ),
        Example("-- .env --\nB=${A}\n-- .env.shared --\nA=1\n", note="set in another env file"),
        Example("-- .env --\nB=${a}\n-- .env.shared --\na=1\n", note="a lower-case name that is set"),
        Example("-- .env.example --\nB=${A}\n", note="a template"),
        Example("-- .env --\nB=${A}\n-- .flaskenv as utf-16 --\n", note="another env file cannot be read"),
    ),
    examples=(
        Example(
            "-- .env --\nA=${NOPE}\n-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv('.env', None, False, False, True)\n",
            (".env:1:5 information NOPE is not set anywhere: python-dotenv replaces ${NOPE} with nothing",),
        ),
        Example(
            "-- .env --\nB='${A}'\n",
            (".env:1:6 information A is not set anywhere: python-dotenv replaces ${A} with nothing",),
        ),
        Example(
            "-- .env --\nB=${A}\nA=1\n",
            (".env:1:5 information A is not set above this line: python-dotenv replaces ${A} with nothing",),
            "set only further down",
        ),
        Example(
            "-- .env --\nA=${A}\n",
            (".env:1:5 information A is not set above this line: python-dotenv replaces ${A} with nothing",),
            "refers to itself",
        ),
        Example(
            "-- .env --\nPASSWORD=pa${tail}\n",
            (
                ".env:1:14 information The variable in this ${…} is not set: python-dotenv replaces it with nothing",
            ),
            "possibly part of a password",
        ),
    ),
    of_all_files=True,
)
