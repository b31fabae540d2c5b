"""flask-app-not-found: `flask` cannot find the app: that of a command for Heroku, or that of FLASK_APP."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.factory_arguments import uncallable_factory
from configvars.checks.heroku_scripts import is_set_by_machine, running_script
from configvars.checks.subjects import Subject
from configvars.checks.wording import heroku_apps
from configvars.model import Example, FileFacts, Finding, Severity, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.requirements import requirements_of
from configvars.resolve.env_files import is_env_file
from configvars.runs.flask_app import named_apps
from configvars.runs.givers import given_elsewhere
from configvars.runs.heroku_files import brought
from configvars.sources.dotenv import KIND
from configvars.text import Span

NAME = "flask-app-not-found"
_COMMAND = lazy_pattern(r"(?<![\w./=-])flask[ \t]+(?P<rest>[^\r\n]*)")
_SAYS_WHICH = lazy_pattern(r"(?:^|[ \t])(?:--app|-A)\b|--version\b|--help\b")
_GIVES_BEFORE = lazy_pattern(r"\bFLASK_APP=|\bcd[ \t]|\bFLASK_ENV_FILE=|(?:^|[ \t])source[ \t]|^[ \t]*#")
# What the lines of a script before a command may change: the variables, the folder, or whether it runs.
_CHANGES_SHELL = lazy_pattern(
    r"\bFLASK_(?:APP|ENV_FILE)\b|^[ \t]*(?:cd|pushd|source|\.|exit|exec|eval|set[ \t]+-a|if|case|for|while)(?=[\s;]|$)|\(\)",
    re.MULTILINE,
)
_KEY = lazy_pattern(r'"([^"\\\n]+)"\s*:')
_SCRIPTS = frozenset({"postdeploy", "pr-predestroy", "test", "test-setup"})
_MOST_BEFORE = 1000  # characters of a script before the command
# Flask imports these by name, so packages also work.
_FOUND = ("wsgi.py", "app.py", os.path.join("wsgi", "__init__.py"), os.path.join("app", "__init__.py"))


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if is_env_file(facts.path, project.index.files):
        yield from _in_env_file(facts, project)
        return
    command_file = facts.path if _is_read_by_heroku(facts.path) else running_script(project, facts)
    text = project.text_of(facts.path) if command_file else None
    if text is None or not _COMMAND.search(text):
        return
    folder = os.path.dirname(command_file)
    if any(project.has_file(os.path.join(folder, name)) for name in _FOUND):
        return
    lacking = [app.app for app in project.apps if "FLASK_APP" not in app.variables]
    if (project.apps and not lacking) or _is_given(project, command_file):
        return
    is_script = command_file != facts.path
    for found in _COMMAND.finditer(text):
        if os.path.basename(facts.path) == "app.json" and not _is_in_script(text, found.start()):
            continue
        line = text.rfind("\n", 0, found.start()) + 1
        before = text[line : found.start()]
        if _SAYS_WHICH.search(found["rest"]) or _GIVES_BEFORE.search(before):
            continue
        if not is_script or not _CHANGES_SHELL.search(text, 0, line):
            yield _finding(facts.path, Span(found.start(), found.start() + len("flask")), lacking)


def _in_env_file(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """What FLASK_APP names in an env file, where the folder certainly has no such app."""
    for app in named_apps(project, facts.path):
        words, severity = "", Severity.WARNING
        if app.file is None and not _is_elsewhere(app.module, project):
            words = "the folder has no such file" if app.is_path else "the folder has no such module"
            severity = Severity.WARNING if app.is_path else Severity.INFORMATION
        elif app.file is not None and app.name and not _may_have(app.file, app.name, project):
            words = f"{project.relative(app.file)} has no such name"
        elif app.file is not None and not app.is_called:
            factory = uncallable_factory(app.file, app.name, project)
            words = f"{project.relative(app.file)} has {factory}, which needs arguments" if factory else ""
        if words:
            message = f"flask cannot find the app that FLASK_APP names: {words}"
            line = app.definition
            yield Finding(NAME, severity, message, facts.path, line.span, line.variable)


def _is_elsewhere(module: str, project: Project) -> bool:
    """Whether a module or a path may be found from another folder, or in an installed package."""
    stem = os.path.basename(module.removesuffix(".py")).partition(".")[0]
    is_flask = any(facts.flask.flows for facts in project.index.files.values())
    return not is_flask or project.code.is_ours(stem) or requirements_of(project).asks_for(stem)


def _may_have(file: str, name: str, project: Project) -> bool:
    """Whether a module may have an attribute: its text mentions the word, or imports everything from another."""
    text = project.text_of(file)
    return (
        text is None or re.search(rf"\b{re.escape(name)}\b|\bimport\s*\(?\s*\*|__getattr__", text) is not None
    )


def _is_read_by_heroku(path: str) -> bool:
    return os.path.basename(path) in ("Procfile", "heroku.yml", "app.json")


def _is_in_script(text: str, at: int) -> bool:
    """Whether a place in app.json is in a command; most of its strings are prose."""
    keys = [found[1] for found in _KEY.finditer(text, max(0, at - _MOST_BEFORE), at)]
    return bool(keys) and keys[-1] in _SCRIPTS


def _is_given(project: Project, path: str) -> bool:
    """Whether a deployed file sets FLASK_APP.

    One of Heroku's files, or an env file that git tracks and `flask` loads.
    """
    if given_elsewhere(project, "FLASK_APP") or brought(project, path)("FLASK_APP"):
        return True
    folder = os.path.dirname(path)
    if is_set_by_machine(project, path, "FLASK_APP"):
        return True
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
        message += f"FLASK_APP is not set on {heroku_apps(lacking)}"
    else:
        message += "no file that is deployed sets FLASK_APP"
    severity = Severity.WARNING if lacking else Severity.INFORMATION
    return Finding(NAME, severity, message, path, span, Variable("env", "FLASK_APP"))


_FLASK = "from flask import Flask\napp = Flask(__name__)\n"
_RELEASE = "-- Procfile --\nweb: gunicorn shop:app\nrelease: flask db upgrade\n"

FLASK_APP_NOT_FOUND = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="`flask` cannot find the app, in a command for Heroku or through FLASK_APP in an env file.",
    what="""\
A command in the Procfile, in heroku.yml, in a shell script that one of these runs, or in a script of app.json
runs `flask` without `--app`; there is no `app.py` or `wsgi.py` (nor a package of that name) next to the Procfile; and FLASK_APP is not set on the
chosen app. Without a chosen app this is information, and it is reported only if no deployed file sets
FLASK_APP: app.json, heroku.yml, `.profile`, the Dockerfile or an env file that git tracks.
In an env file, the check reports FLASK_APP where it names a file or a module that is nowhere in the folder, or
a name that its file does not contain, or if `flask` would have to call a factory that needs arguments. A module
may be an installed package, so this is only information, and nothing is reported if the requirements list it.""",
    why="""\
The release phase fails with `Could not locate a Flask application`, and the deploy fails with it. Set
FLASK_APP on the app (`heroku config:set FLASK_APP=shop`), or write `flask --app shop db upgrade`.""",
    run=_run,
    about=Subject.ENV_FILE | Subject.OTHER,
    silent=(
        Example(
            "-- .env_bak --\nFLASK_APP=<name>\n-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n",
            note="to be filled in",
        ),
        Example(f"{_RELEASE}-- app.py --\n", note="flask finds app.py"),
        Example(f"{_RELEASE}-- app/__init__.py --\n", note="flask finds a package"),
        Example(f"{_RELEASE}-- .flaskenv --\nFLASK_APP=shop\n"),
        Example(f'{_RELEASE}-- app.json --\n{{"env": {{"FLASK_APP": "shop"}}}}\n'),
        Example(f"{_RELEASE}-- heroku:shop --\nFLASK_APP=shop\n"),
        Example(
            "-- Procfile --\nrelease: ./release.sh\n-- release.sh --\nexport FLASK_APP=shop\nflask db upgrade\n"
        ),
        Example(
            "-- Procfile --\nweb: x\n-- release.sh --\nflask db upgrade\n", note="nothing runs this script"
        ),
        Example(f"{_RELEASE}-- .profile --\nexport FLASK_APP=shop\n"),
        Example(
            "-- heroku.yml --\nbuild:\n  docker:\n    web: Dockerfile\nrelease:\n  command:\n    - flask db upgrade\n"
            "-- Dockerfile --\nFROM python\nCOPY . .\nENV FLASK_APP=shop\n",
            note="the image sets it",
        ),
        Example("-- Procfile --\nrelease: flask --app shop db upgrade\nweb: FLASK_APP=shop flask run\n"),
        Example("-- Procfile --\nweb: gunicorn flask_shop:app\nworker: cd shop && flask work\n"),
        Example(
            "-- .flaskenv --\nFLASK_APP=shop:create_app('dev')\n-- shop/__init__.py --\ndef create_app(x): ...\n"
        ),
        Example(
            "-- .flaskenv --\nFLASK_APP=shop\n-- shop/__init__.py --\nfrom shop.main import db\n"
            "def create_app(name='dev', *args: str, debug=False, **options): ...\n",
            note="the factory needs no arguments",
        ),
        Example(
            "-- .flaskenv --\nFLASK_APP=shop\n-- shop/__init__.py --\ndef create_app(name): ...\nweb = create_app('dev')\n",
            note="an app, not the factory",
        ),
        Example(
            "-- .flaskenv --\nFLASK_APP=shop\n-- shop/__init__.py --\nfrom shop.web import app\ndef create_app(name): ...\n"
        ),
        Example(
            "-- .flaskenv --\nFLASK_APP=shop\n-- shop/__init__.py --\n@with_name('dev')\ndef create_app(name): ...\n",
            note="a decorator may pass the argument",
        ),
        Example("-- .flaskenv --\nFLASK_APP=shop.web:app\n-- shop/web.py --\nfrom shop.factory import *\n"),
        Example(
            f"-- .env --\nFLASK_APP=app.py\n-- backend/app.py --\n{_FLASK}",
            note="found from the folder backend",
        ),
        Example(
            f"-- .env --\nFLASK_APP=shop\n-- src/shop/__init__.py --\n{_FLASK}", note="installed from src"
        ),
        Example(
            f"-- .env --\nFLASK_APP=superset\n-- x.py --\n{_FLASK}-- requirements.txt --\nsuperset\n",
            note="a package",
        ),
        Example(f"-- .env --\nFLASK_APP=/srv/app.py\n-- x.py --\n{_FLASK}", note="a path on another machine"),
        Example(f"-- .env.example --\nFLASK_APP=shop.py\n-- x.py --\n{_FLASK}", note="a template"),
        Example("-- .env --\nFLASK_APP=shop.py\n-- x.py --\nprint(1)\n", note="no Flask app here"),
        Example(
            '-- app.json --\n{"description": "A flask boilerplate", "env": {"A": {"description": "the flask mode"}}}\n',
            note="prose",
        ),
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
            "-- Procfile --\nrelease: bash bin/release.sh\n-- bin/release.sh --\nset -e\nflask db upgrade\n",
            (
                "bin/release.sh:2:1 information flask cannot find the app here: there is no app.py or wsgi.py, and no file that is deployed sets FLASK_APP",
            ),
            note="a script that a command runs",
        ),
        Example(
            "-- heroku.yml --\nrelease:\n  command:\n    - flask db upgrade\n",
            (
                "heroku.yml:3:7 information flask cannot find the app here: there is no app.py or wsgi.py, and no file that is deployed sets FLASK_APP",
            ),
        ),
        Example(
            f"-- .flaskenv --\nFLASK_APP=shop.py\n-- main.py --\n{_FLASK}",
            (
                ".flaskenv:1:1 warning flask cannot find the app that FLASK_APP names: the folder has no such file",
            ),
        ),
        Example(
            f"-- .env --\nFLASK_APP=shop:app\n-- main.py --\n{_FLASK}",
            (
                ".env:1:1 information flask cannot find the app that FLASK_APP names: the folder has no such module",
            ),
        ),
        Example(
            "-- .env --\nFLASK_APP=main:application\n-- main.py --\napp = 1\n",
            (".env:1:1 warning flask cannot find the app that FLASK_APP names: main.py has no such name",),
        ),
        Example(
            "-- .flaskenv --\nFLASK_APP=shop\n-- shop/__init__.py --\nfrom flask_sqlalchemy import SQLAlchemy\n"
            "load_dotenv()\ndb = SQLAlchemy()\ndef create_app(name): ...\n-- .env --\nFLASK_APP=shop.web:make\n-- shop/web.py --\n"
            "def make(name, *, debug): ...\n",
            (
                ".env:1:1 warning flask cannot find the app that FLASK_APP names: shop/web.py has make, which needs arguments",
                ".flaskenv:1:1 warning flask cannot find the app that FLASK_APP names: shop/__init__.py has create_app, which needs arguments",
            ),
            note="a factory that needs arguments",
        ),
        Example(
            '-- app.json --\n{"scripts": {"postdeploy": "python -m flask seed"}}\n',
            (
                "app.json:1:39 information flask cannot find the app here: there is no app.py or wsgi.py, and no file that is deployed sets FLASK_APP",
            ),
        ),
    ),
)
