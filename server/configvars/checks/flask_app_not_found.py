"""flask-app-not-found: a command for Heroku runs `flask`, which cannot find the app."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.model import Example, FileFacts, Finding, Severity, Variable
from configvars.project import Project
from configvars.runs.givers import given_elsewhere
from configvars.runs.heroku_files import brought
from configvars.sources.dotenv import KIND
from configvars.text import Span

NAME = "flask-app-not-found"
_COMMAND = re.compile(r"(?<![\w./=-])flask[ \t]+(?P<rest>[^\r\n]*)")
_SAYS_WHICH = re.compile(r"(?:^|[ \t])(?:--app|-A)\b|--version\b|--help\b")
_GIVES_BEFORE = re.compile(r"\bFLASK_APP=|\bcd[ \t]|\bFLASK_ENV_FILE=|(?:^|[ \t])source[ \t]|^[ \t]*#")
# Flask imports these by name, so packages also work.
_FOUND = ("wsgi.py", "app.py", os.path.join("wsgi", "__init__.py"), os.path.join("app", "__init__.py"))


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    text = project.text_of(facts.path) if _is_herokus(facts.path) else None
    if text is None or not _COMMAND.search(text):
        return
    folder = os.path.dirname(facts.path)
    if any(project.text_of(os.path.join(folder, name)) is not None for name in _FOUND):
        return
    lacking = [app.app for app in project.apps if "FLASK_APP" not in app.variables]
    if (project.apps and not lacking) or _is_given(project, facts.path):
        return
    for found in _COMMAND.finditer(text):
        before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if not _SAYS_WHICH.search(found["rest"]) and not _GIVES_BEFORE.search(before):
            yield _finding(facts.path, Span(found.start(), found.start() + len("flask")), lacking)


def _is_herokus(path: str) -> bool:
    return os.path.basename(path) in ("Procfile", "heroku.yml", "app.json")


def _is_given(project: Project, path: str) -> bool:
    """Whether a deployed file sets FLASK_APP.

    One of Heroku's files, or an env file that git tracks and `flask` loads.
    """
    if given_elsewhere(project, "FLASK_APP") or brought(project, path)("FLASK_APP"):
        return True
    folder = os.path.dirname(path)
    for found in project.index.definitions(Variable("env", "FLASK_APP")):
        kind = project.index.files[found.path].kind
        is_deployed = kind != KIND or project.tracked_by_git(found.path) is not False
        beside = os.path.dirname(found.path) == folder
        if beside and is_deployed and (kind != KIND or not found.definition.declaration):
            return True
    return False


def _finding(path: str, span: Span, lacking: list[str]) -> Finding:
    message = "flask cannot find the app here: there is no app.py or wsgi.py, and "
    if lacking:
        message += f"FLASK_APP is not set on Heroku app {', '.join(lacking)}"
    else:
        message += "no file that is deployed sets FLASK_APP"
    severity = Severity.WARNING if lacking else Severity.INFORMATION
    return Finding(NAME, severity, message, path, span, Variable("env", "FLASK_APP"))


_RELEASE = "-- Procfile --\nweb: gunicorn shop:app\nrelease: flask db upgrade\n"

FLASK_APP_NOT_FOUND = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A command for Heroku runs `flask`, and `flask` cannot find the app.",
    what="""\
A command in the Procfile, in heroku.yml or in a script of app.json runs `flask` without `--app`; there is
no `app.py` or `wsgi.py` (nor a package of that name) next to the file; and FLASK_APP is not set on the
chosen app. Without a chosen app this is information, and it is reported only if no deployed file sets
FLASK_APP: app.json, heroku.yml or an env file that git tracks.""",
    why="""\
The release phase fails with `Could not locate a Flask application`, and the deploy fails with it. Set
FLASK_APP on the app (`heroku config:set FLASK_APP=shop`), or write `flask --app shop db upgrade`.""",
    run=_run,
    silent=(
        Example(f"{_RELEASE}-- app.py --\n", note="flask finds app.py"),
        Example(f"{_RELEASE}-- app/__init__.py --\n", note="flask finds a package"),
        Example(f"{_RELEASE}-- .flaskenv --\nFLASK_APP=shop\n"),
        Example(f'{_RELEASE}-- app.json --\n{{"env": {{"FLASK_APP": "shop"}}}}\n'),
        Example(f"{_RELEASE}-- heroku:shop --\nFLASK_APP=shop\n"),
        Example("-- Procfile --\nrelease: flask --app shop db upgrade\nweb: FLASK_APP=shop flask run\n"),
        Example("-- Procfile --\nweb: gunicorn flask_shop:app\nworker: cd shop && flask work\n"),
        Example("-- Procfile --\n# release: flask db upgrade\nweb: gunicorn shop:app\n", note="a comment"),
    ),
    examples=(
        Example(
            f"{_RELEASE}-- heroku:shop --\nA=1\n",
            (
                "Procfile:2:10 warning flask cannot find the app here: there is no app.py or wsgi.py, and FLASK_APP is not set on Heroku app shop",
            ),
        ),
        Example(
            f"{_RELEASE}-- shop.py --\n",
            (
                "Procfile:2:10 information flask cannot find the app here: there is no app.py or wsgi.py, and no file that is deployed sets FLASK_APP",
            ),
            note="no app is chosen: information",
        ),
        Example(
            '-- app.json --\n{"scripts": {"postdeploy": "python -m flask seed"}}\n',
            (
                "app.json:1:39 information flask cannot find the app here: there is no app.py or wsgi.py, and no file that is deployed sets FLASK_APP",
            ),
        ),
    ),
)
