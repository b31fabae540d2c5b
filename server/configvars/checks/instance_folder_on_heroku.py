"""instance-folder-on-heroku: configuration is loaded from an instance folder, which does not exist on Heroku."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.flask_project import deploys_to_heroku, loaded_file, steps_of
from configvars.checks.subjects import Subject
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
    steps = [
        (flow, step) for flow, step in steps_of(facts) if not _is_deployed(project, facts.path, flow, step)
    ]
    may_be_skipped = bool(steps) and _reads_config_vars(project)
    loading = {id(flow) for flow, step in steps if _is_load(step) and not (step.silent and may_be_skipped)}
    for flow in facts.flask.flows:
        if flow.relative is not None and id(flow) in loading:
            yield _finding(facts, flow.relative, "The app loads files from its instance folder here")
        if flow.instance_path is not None:
            yield _finding(facts, flow.instance_path, "This instance folder exists only on this machine")
    for flow, step in steps:
        if _is_load(step) and _is_in_instance_folder(flow, step):
            name = posixpath.basename(step.file or "")
            what = (
                "is skipped on Heroku" if step.silent else "is missing on Heroku, and the app does not start"
            )
            severity = Severity.INFORMATION if step.silent and may_be_skipped else Severity.WARNING
            yield _finding(facts, step.span, f"{name} {what}", severity)


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


def _finding(facts: FileFacts, span: Span, what: str, severity: Severity = Severity.WARNING) -> Finding:
    message = f"{what}: a dyno has no instance folder; use config vars instead"
    return Finding(NAME, severity, message, facts.path, span)


_HEROKU = "-- Procfile --\nweb: gunicorn app:app\n"
_APP = "-- app.py --\nfrom flask import Flask\n"
_RELATIVE = f"{_APP}app = Flask(__name__, instance_relative_config=True)\n"

INSTANCE_FOLDER_ON_HEROKU = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="Configuration is loaded from an instance folder, in a project that deploys to Heroku.",
    what="""\
`instance_relative_config=True` with a file loaded from the instance folder, an `instance_path`, or a path
into `instance/`. Only in projects that deploy to Heroku: those with a Procfile, app.json or heroku.yml, or
with a chosen app. With `silent=True`, which says that the file may be missing, this is information if the
code also reads environment variables. Not reported if git tracks the file, because it is then deployed.""",
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
                "app.py:2:23 warning The app loads files from its instance folder here: a dyno has no instance folder; use config vars instead",
                "app.py:3:1 warning config.py is skipped on Heroku: a dyno has no instance folder; use config vars instead",
            ),
        ),
        Example(
            f"{_HEROKU}{_RELATIVE}app.config.from_pyfile('config.py', silent=True)\n"
            "import os\napp.secret_key = os.environ['SECRET_KEY']\n",
            (
                "app.py:3:1 information config.py is skipped on Heroku: a dyno has no instance folder; use config vars instead",
            ),
            note="information: the app uses config vars, and the file may be missing",
        ),
        Example(
            f"{_HEROKU}{_RELATIVE}app.config.from_pyfile('config.py')\n",
            (
                "app.py:2:23 warning The app loads files from its instance folder here: a dyno has no instance folder; use config vars instead",
                "app.py:3:1 warning config.py is missing on Heroku, and the app does not start: a dyno has no instance folder; use config vars instead",
            ),
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
