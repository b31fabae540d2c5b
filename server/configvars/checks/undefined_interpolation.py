"""undefined-interpolation: `${X}` in an env file where nothing gives X."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.catalog import never_missing
from configvars.checks.base import Check
from configvars.model import Example, FileFacts, Finding, Severity, Variable
from configvars.project import Project
from configvars.resolve.env_files import is_env_file, is_template
from configvars.runs.givers import given_elsewhere
from configvars.secret import Secret
from configvars.sources.dotenv import INTERPOLATION, KIND

NAME = "undefined-interpolation"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != KIND or is_template(facts.path):
        return
    yield from _unnamed(facts, project)
    # From where on a variable can be seen: behind the first line that has its name.
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
        words = "is given nowhere" if here is None else "is not given above this line"
        message = f"{name} {words}: python-dotenv puts nothing in the place of ${{{name}}}"
        yield Finding(NAME, Severity.INFORMATION, message, facts.path, reference.span, reference.variable)


def _unnamed(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """Those whose name is not said, since it may be a piece of the value."""
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
    """Whether another env file gives it, which may have been loaded before this one."""
    files = project.index.files
    return any(is_env_file(path, files) and files[path].skipped for path in files) or any(
        found.path != facts.path and found.definition.value is not None and not found.definition.declaration
        for found in project.index.definitions(variable)
    )


UNDEFINED_INTERPOLATION = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="A `${NAME}` in an env file stands for nothing.",
    what="""\
`${NAME}` without a default, where NAME is given neither on an earlier line of the file, nor by another env
file, the operating system, Heroku or the `given` setting. python-dotenv interpolates in single quotes too; it takes
`$NAME` as it stands, and a name that is not set for an empty text. A name in lower case that the file does not give may
be a piece of a password: the finding stands at it, and does not say it.""",
    why="""\
The value silently has a hole in it. Often a line is only too far down: a later line cannot be seen. A `${`
that should stay as it is can be written as `${:-$}{`.""",
    run=_run,
    silent=(
        Example("-- .env --\nA=1\nB=${A}\n", note="an earlier line"),
        Example(
            "-- .env --\nB=${A:-}\nC=$A\nD=${HOME}\nE=${:-$}{A}\n", note="a default; no interpolation; HOME"
        ),
        Example("-- .env --\nB=${A}\n-- .env.shared --\nA=1\n", note="another env file"),
        Example("-- .env --\nB=${a}\n-- .env.shared --\na=1\n", note="the same in lower case"),
        Example("-- .env.example --\nB=${A}\n", note="a template"),
        Example("-- .env --\nB=${A}\n-- .flaskenv as utf-16 --\n", note="another env file cannot be read"),
    ),
    examples=(
        Example(
            "-- .env --\nB='${A}'\n",
            (".env:1:6 information A is given nowhere: python-dotenv puts nothing in the place of ${A}",),
        ),
        Example(
            "-- .env --\nB=${A}\nA=1\n",
            (
                ".env:1:5 information A is not given above this line: python-dotenv puts nothing in the place of ${A}",
            ),
            "further down",
        ),
        Example(
            "-- .env --\nA=${A}\n",
            (
                ".env:1:5 information A is not given above this line: python-dotenv puts nothing in the place of ${A}",
            ),
            "itself",
        ),
        Example(
            "-- .env --\nPASSWORD=pa${tail}\n",
            (
                ".env:1:14 information Nothing gives what this ${…} stands for: python-dotenv puts nothing in its place",
            ),
            "perhaps a piece of the password",
        ),
    ),
    of_all_files=True,
)
