"""overridden-on-heroku: a deployed env file overrides the config vars of the app."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.flask_project import deploys_to_heroku
from configvars.checks.subjects import Subject
from configvars.checks.tracked_by_git import INDEX_OF_ENV
from configvars.model import EnvFileUse, Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.resolve.env_files import used_files
from configvars.runs.givers import is_test
from configvars.runs.seen_by import overrides

NAME = "overridden-on-heroku"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    overriding = [use for use in facts.env_files if not use.pattern and overrides(project, facts.path, use)]
    if not overriding or is_test(project, facts.path) or not deploys_to_heroku(project):
        return
    for use in overriding:
        where = project.code.order(facts.path).where(use.span.start)
        if where.certain and where.phase == "import":
            yield from _findings(facts, project, use)


def _findings(facts: FileFacts, project: Project, use: EnvFileUse) -> Iterator[Finding]:
    for path in used_files(use, facts.path, project.index.files, project.root):
        names = [
            each.variable.name for each in project.index.files[path].definitions if each.value is not None
        ]
        if not names or not project.tracked_by_git(path):
            continue
        known = {name for app in project.apps for name in app.variables}
        some = next((name for name in names if name in known), names[0])
        file = project.relative(path)
        message = (
            f"git tracks {file}, so it is deployed, and this call overrides the environment with it: "
            f"on Heroku, {some} comes from {file} and not from the config var"
        )
        yield Finding(NAME, Severity.WARNING, message, facts.path, use.span)


_REPOSITORY = f"-- .git/HEAD --\nref: refs/heads/main\n-- .git/index --\n{INDEX_OF_ENV}\n"
_TRACKED = "-- .env --\nDEBUG=1\n-- Procfile --\nweb: gunicorn app:app\n"
_LOADS = "-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv(override=True)\n"

OVERRIDDEN_ON_HEROKU = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="On Heroku, a deployed env file overrides the config vars of the app.",
    what="""\
`load_dotenv(override=True)`, or another call that overrides the environment, loads an env file that git
tracks, in a project that deploys to Heroku (it has a Procfile, app.json or heroku.yml, or a chosen app).
Not reported: calls inside a condition, and files that git does not track, since those are not deployed.
There is no automatic fix: remove `override=True`, load the file only on development machines, or stop
tracking it.""",
    why="""\
The config vars of the app are in the environment when the program starts. A file that is loaded over them
replaces them with the values in the repository, so `heroku config:set` has no effect.""",
    run=_run,
    about=Subject.ENV_LOADS,
    silent=(
        Example(
            f"{_REPOSITORY}-- .env --\nKEY=1\n-- Procfile --\nweb: gunicorn app\n-- app.py --\nfrom environs import Env\n"
            "env = Env()\nenv.read_env(override=True)\nenv('KEY')\n",
            note="environs 15 gives the environment precedence",
        ),
        Example(f"{_TRACKED}{_LOADS}", note="not tracked by git"),
        Example(f"{_REPOSITORY}-- .env --\nDEBUG=1\n{_LOADS}", note="not a Heroku project"),
        Example(
            f"{_REPOSITORY}{_TRACKED}-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv()\n",
            note="the config vars win",
        ),
        Example(
            f"{_REPOSITORY}{_TRACKED}-- app.py --\nimport os\nfrom dotenv import load_dotenv\n"
            'if "DYNO" not in os.environ:\n    load_dotenv(override=True)\n',
            note="inside a condition",
        ),
    ),
    examples=(
        Example(
            f"{_REPOSITORY}{_TRACKED}{_LOADS}",
            (
                "app.py:2:1 warning git tracks .env, so it is deployed, and this call overrides the environment with it: on Heroku, DEBUG comes from .env and not from the config var",
            ),
        ),
        Example(
            f"{_REPOSITORY}{_TRACKED}-- app.py --\nfrom dotenv import load_dotenv\n"
            'load_dotenv(".env", override=True)\n',
            (
                "app.py:2:13 warning git tracks .env, so it is deployed, and this call overrides the environment with it: on Heroku, DEBUG comes from .env and not from the config var",
            ),
        ),
    ),
)
