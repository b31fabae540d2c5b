"""only-on-heroku: the chosen app has config vars that nothing sets here."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.catalog import lookup
from configvars.checks import fixes
from configvars.checks.base import Check
from configvars.checks.main_env_file import is_main_env_file, is_one_unread
from configvars.checks.subjects import Subject
from configvars.model import Example, FileFacts, Finding, Severity, Variable
from configvars.platforms.base import AppSnapshot
from configvars.project import Project
from configvars.runs.givers import given_elsewhere, gives
from configvars.text import Span

NAME = "only-on-heroku"
_SHOWN = 8


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if not is_main_env_file(facts.path, project) or is_one_unread(project):
        return
    for app in project.apps:
        names = sorted(name for name in app.variables if _is_lacking(name, app, project))
        if names:
            yield _finding(facts.path, app, names, project)


def _is_lacking(name: str, app: AppSnapshot, project: Project) -> bool:
    """Whether a config var could be set here but is not; False for add-ons' and for Heroku's own variables."""
    if app.variables[name].addon or lookup(name) or given_elsewhere(project, name):
        return False
    return not any(gives(project, each) for each in project.index.definitions(Variable("env", name)))


def _finding(path: str, app: AppSnapshot, names: list[str], project: Project) -> Finding:
    shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    message = f"Set on Heroku app {app.app} but not here: {shown}"
    pulls = fixes.pull(replace(project, apps=(app,)), names, path)
    end = len((project.text_of(path) or "").rstrip())  # at the top, editors would underline the first name
    return Finding(NAME, Severity.INFORMATION, message, path, Span(end, end), fixes=tuple(pulls))


ONLY_ON_HEROKU = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="The chosen Heroku app has config vars that no local env file sets.",
    what="""\
One finding for each chosen app, at the end of the folder's main env file, which lists the config vars that
no env file sets here. Not listed: config vars that an add-on owns, variables that Heroku, its buildpacks or
common tools read (`WEB_CONCURRENCY`, `DATABASE_URL`), and names in the `given` setting.""",
    why="""\
Either the code behaves differently here than in production because it lacks them, or nobody needs them any
more and you can unset them. "Pull" writes them to the env file, with exactly the values from Heroku.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example("-- heroku:shop --\nA=1\n-- .env --\nA=2\n", note="a different value"),
        Example("-- heroku:shop --\nA=1\n-- app.py --\n", note="no env file"),
        Example(
            "-- heroku:shop --\nDATABASE_URL=x @heroku-postgresql\nX_URL=y @x\nWEB_CONCURRENCY=2\n-- .env --\n"
        ),
        Example("-- heroku:shop --\nA=1\n-- .env --\n-- .flaskenv --\nA=1\n", note="another file sets it"),
        Example("-- .env --\n", note="no app is chosen"),
        Example("-- heroku:shop --\nA=1\n-- .env as utf-16 --\n", note="an env file that cannot be read"),
    ),
    examples=(
        Example(
            "-- heroku:shop --\nA=1\nB=2\n-- .env --\nC=1\n",
            (
                ".env:1:4 information Set on Heroku app shop but not here: A, B [fix: Pull 2 missing variables from Heroku app shop into .env]",
            ),
        ),
        Example(
            "-- heroku:shop --\nA=1\n-- .env -> config/dev.env --\n-- config/dev.env --\nC=1\n",
            (
                "config/dev.env:1:4 information Set on Heroku app shop but not here: A [fix: Pull A from Heroku app shop into config/dev.env]",
            ),
            "a symbolic link: reported once, at the file",
        ),
        Example(
            "-- heroku:shop --\nA=1\n-- .env --\n-- .env.example --\nA=\n",
            (
                ".env:1:1 information Set on Heroku app shop but not here: A [fix: Pull A from Heroku app shop into .env]",
            ),
            "only listed in a template",
        ),
        Example(
            "-- heroku:a --\nA=1\n-- heroku:b --\nA=1\n-- .env --\n",
            (
                ".env:1:1 information Set on Heroku app a but not here: A [fix: Pull A from Heroku app a into .env]",
                ".env:1:1 information Set on Heroku app b but not here: A [fix: Pull A from Heroku app b into .env]",
            ),
            "two apps",
        ),
    ),
    of_all_files=True,
)
