"""instance-folder-on-heroku: configuration is loaded from an instance folder, which does not exist on Heroku."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.conditions import is_about_tests
from configvars.checks.flask_project import deploys_to_heroku, loaded_file, steps_of
from configvars.checks.subjects import Subject
from configvars.checks.tried_callers import is_handled
from configvars.flask_model import ConfigFlow, ConfigStep
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.runs.platforms_here import given_by_platform
from configvars.text import Span

NAME = "instance-folder-on-heroku"
_LOADERS = frozenset({"from_pyfile", "from_file"})


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if not facts.flask.flows or is_test(project, facts.path) or not deploys_to_heroku(project):
        return
    for flow in facts.flask.flows:
        if flow.instance_path is not None:
            yield _finding(facts, flow.instance_path, "This instance folder exists only on this machine")
    for flow, step in steps_of(facts):
        if _is_load(step) and _is_in_instance_folder(flow, step) and _is_lost(facts, flow, step, project):
            name = posixpath.basename(step.file or "")
            what = (
                "is skipped on Heroku" if step.silent else "is missing on Heroku, and the app does not start"
            )
            yield _finding(facts, step.span, f"{name} {what}")


def _is_lost(facts: FileFacts, flow: ConfigFlow, step: ConfigStep, project: Project) -> bool:
    """Whether a dyno loads the file and needs it, but does not have it."""
    if _reads_config_vars(project) if step.silent else is_handled(project, facts.path, step.span):
        return False
    if step.conditional and not is_about_tests(project, facts.path, step.span):
        return False
    return not _is_deployed(project, facts.path, flow, step)


def _reads_config_vars(project: Project) -> bool:
    names = (each.name for each in project.index.referenced() if each.scope == "env")
    return any(not given_by_platform(project, name) for name in names)


def _is_deployed(project: Project, path: str, flow: ConfigFlow, step: ConfigStep) -> bool:
    """Whether git tracks the file in the instance folder, so that a dyno has it."""
    file = loaded_file(project, path, flow, step)
    return file is not None and project.tracked_by_git(file) is True


def _is_load(step: ConfigStep) -> bool:
    return step.method in _LOADERS and step.file is not None and not posixpath.isabs(step.file)


def _is_in_instance_folder(flow: ConfigFlow, step: ConfigStep) -> bool:
    return flow.relative is not None or "instance" in posixpath.dirname(step.file or "").split("/")


def _finding(facts: FileFacts, span: Span, what: str) -> Finding:
    message = f"{what}: a dyno has no instance folder; use config vars instead"
    return Finding(NAME, Severity.WARNING, message, facts.path, span)


_HEROKU = "-- Procfile --\nweb: gunicorn app:app\n"
_APP = "-- app.py --\nfrom flask import Flask\n"
_RELATIVE = f"{_APP}app = Flask(__name__, instance_relative_config=True)\n"

INSTANCE_FOLDER_ON_HEROKU = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="Configuration is loaded from an instance folder, in a project that deploys to Heroku.",
    what="""\
`instance_relative_config=True` with a file loaded from the instance folder, an `instance_path`, or a path
into `instance/`. Only in projects that deploy to Heroku: those with an app.json, a heroku.yml or a chosen app, or
with a Procfile and no settings of another service (`railway.json`, `render.yaml`, `fly.toml` …). Not reported if git tracks the file, because it is then deployed; with `silent=True`, which says
that the file may be missing, if the code also reads environment variables; and under a condition, unless that
is about tests (`if test_config is None:`).""",
    why="""\
An instance folder holds files that are not in the repository, but Heroku builds the app from the
repository. A file that you add by hand is gone after the next restart, at the latest after a day. Use
config vars instead: the action “Move instance config to the environment” does it.""",
    run=_run,
    about=Subject.FLOWS,
    silent=(
        Example(f"{_RELATIVE}app.config.from_pyfile('config.py')\n", note="not a Heroku project"),
        Example(f"{_HEROKU}{_APP}app = Flask(__name__)\napp.config.from_pyfile('settings.cfg')\n"),
        Example(f"{_HEROKU}{_RELATIVE}", note="no file is loaded from it"),
        Example(
            f"{_HEROKU}{_RELATIVE}app.config.from_pyfile('config.py', silent=True)\n"
            "import os\napp.secret_key = os.environ['SECRET_KEY']\n",
            note="the app uses config vars, and the file may be missing",
        ),
        Example(
            f"{_HEROKU}{_RELATIVE}import os\nif os.environ['FLASK_ENV'] != 'production':\n"
            "    app.config.from_pyfile('config.py')\n",
            note="a dyno may not load it",
        ),
        Example(
            f"{_HEROKU}{_RELATIVE}try:\n    app.config.from_pyfile('config.py')\nexcept OSError:\n    pass\n",
            note="it may be missing",
        ),
        Example(
            f"{_HEROKU}{_APP}def create_app(folder=None):\n    return Flask(__name__, instance_path=folder)\n",
            note="the caller decides",
        ),
        Example(f"{_HEROKU}{_RELATIVE}app.config.from_pyfile('/etc/shop.cfg')\n", note="another folder"),
        Example(
            f"{_HEROKU}-- tests/app.py --\nfrom flask import Flask\n"
            "app = Flask(__name__, instance_relative_config=True)\napp.config.from_pyfile('x.py')\n"
        ),
    ),
    examples=(
        Example(
            f"{_HEROKU}{_RELATIVE}app.config.from_pyfile('config.py', silent=True)\n",
            (
                "app.py:3:1 warning config.py is skipped on Heroku: a dyno has no instance folder; use config vars instead",
            ),
        ),
        Example(
            f"{_HEROKU}{_RELATIVE}app.config.from_pyfile('config.py')\n",
            (
                "app.py:3:1 warning config.py is missing on Heroku, and the app does not start: a dyno has no instance folder; use config vars instead",
            ),
        ),
        Example(
            f"{_HEROKU}{_APP}def create_app(test_config=None):\n    app = Flask(__name__, instance_relative_config=True)\n"
            "    if test_config is None:\n        app.config.from_pyfile('config.py')\n    return app\n",
            (
                "app.py:5:9 warning config.py is missing on Heroku, and the app does not start: a dyno has no instance folder; use config vars instead",
            ),
            note="the condition is about tests",
        ),
        Example(
            f"{_HEROKU}{_APP}app = Flask(__name__, instance_path='/srv/shop')\n",
            (
                "app.py:2:37 warning This instance folder exists only on this machine: a dyno has no instance folder; use config vars instead",
            ),
        ),
        Example(
            f"{_HEROKU}{_APP}app = Flask('shop', None, 'static', None, False, None, 'templates', '/srv/shop')\n",
            (
                "app.py:2:69 warning This instance folder exists only on this machine: a dyno has no instance folder; use config vars instead",
            ),
            note="by position",
        ),
        Example(
            f"-- heroku:shop --\nA=1\n{_APP}app = Flask(__name__)\napp.config.from_pyfile('../instance/config.py')\n",
            (
                "app.py:3:1 warning config.py is missing on Heroku, and the app does not start: a dyno has no instance folder; use config vars instead",
            ),
        ),
    ),
)
