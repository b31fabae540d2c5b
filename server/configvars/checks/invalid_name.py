"""invalid-name: Heroku does not accept a variable name."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.catalog import lookup
from configvars.checks.base import Check
from configvars.checks.subjects import Subject
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.sources.dotenv import KIND

NAME = "invalid-name"

_HEROKU_FILES = frozenset({"Procfile", "app.json", "heroku.yml"})
# Set on a developer's machine for the Heroku CLI.
_CLI_NAMES = frozenset({"HEROKU_API_KEY", "HEROKU_APP", "HEROKU_HOST", "HEROKU_ORGANIZATION", "HEROKU_TEAM"})


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != KIND:
        return
    wrong = [(d, words) for d in facts.definitions if (words := what_is_wrong(d.variable.name))]
    unnamed = [problem for problem in facts.problems if problem.check == NAME]
    for_heroku = bool(wrong or unnamed) and _is_for_heroku(project)
    severity = Severity.WARNING if for_heroku else Severity.INFORMATION
    for problem in unnamed:
        yield Finding(NAME, severity, problem.message, facts.path, problem.span)
    for definition, words in wrong:
        message = f"{definition.variable.name} cannot be a config var on Heroku: {words}"
        yield Finding(NAME, severity, message, facts.path, definition.span, definition.variable)


def what_is_wrong(name: str) -> str | None:
    """Why Heroku does not accept a name; None if it does, or if it sets the name itself."""
    if name.startswith("__"):
        return "a name must not start with two underscores"
    if name.startswith("HEROKU_") and name not in _CLI_NAMES and lookup(name) is None:
        return "names that start with HEROKU_ are reserved"
    return None


def _is_for_heroku(project: Project) -> bool:
    return bool(project.apps or project.settings.heroku_apps) or any(
        os.path.basename(path) in _HEROKU_FILES for path in project.index.files
    )


INVALID_NAME = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="An env file uses a variable name that Heroku does not accept.",
    what="""\
The name of a Heroku config var consists of letters, digits and underscores. It starts with neither a digit
nor two underscores, and `HEROKU_` names are reserved for Heroku. If nothing shows that the project deploys
to Heroku (no Procfile, app.json, heroku.yml or chosen app), this is information.""",
    why="""\
python-dotenv accepts almost any name, so a name that works here may be impossible to set in production or
in a shell. A name in double quotes keeps the quotes as part of the name. Text that does not look like a
name may be part of a value, so it is not shown.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example("-- .env --\nA=1\n_B2=1\nc=1\n", note="unusual but valid"),
        Example("-- .env --\nHEROKU_APP_NAME=x\nHEROKU_API_KEY=\n", note="names that Heroku or its CLI use"),
        Example("-- .env --\n'A'=1\n", note="the quotes are not part of the name"),
    ),
    examples=(
        Example(
            "-- .env --\nMAIL-HOST=1\n2FA=1\n__X=1\n",
            (
                ".env:1:1 information The name on this line cannot be a config var on Heroku: a name may contain only letters, digits and underscores",
                ".env:2:1 information The name on this line cannot be a config var on Heroku: a name must not start with a digit",
                ".env:3:1 information __X cannot be a config var on Heroku: a name must not start with two underscores",
            ),
        ),
        Example(
            '-- .env --\n"A"=1\nHEROKU_MINE=1\n',
            (
                ".env:1:1 information The name on this line cannot be a config var on Heroku: a name may contain only letters, digits and underscores",
                ".env:2:1 information HEROKU_MINE cannot be a config var on Heroku: names that start with HEROKU_ are reserved",
            ),
        ),
        Example(
            "-- Procfile --\nweb: gunicorn app:app\n-- .env --\n__X=1\n",
            (
                ".env:1:1 warning __X cannot be a config var on Heroku: a name must not start with two underscores",
            ),
        ),
        Example(
            "-- .env.example --\nA.B=\n",
            (
                ".env.example:1:1 information The name on this line cannot be a config var on Heroku: a name may contain only letters, digits and underscores",
            ),
        ),
        Example(
            "-- .env --\nAKIAIOSFODNN7EXAMPLE=x\n",
            (
                ".env:1:1 information The text before the = looks like part of a key. A multi-line value needs quotes",
            ),
            "an Amazon key where a name should be",
        ),
    ),
)
