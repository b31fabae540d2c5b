"""required-config-key: the app uses a feature that needs a configuration key, and nothing sets the key."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.subjects import Subject
from configvars.checks.wording import joined
from configvars.flask.needs import Lack, is_empty, lacks
from configvars.model import Example, FileFacts, Finding, Place, Severity, Variable
from configvars.pinned import is_older
from configvars.project import Project

NAME = "required-config-key"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != "python":
        return
    for lack in project.answered_for(facts.path, "lacks by file", lambda: _by_file(project)) or ():
        if _is_true(project, lack):
            yield _finding(project, lack, _place(lack))


def _by_file(project: Project) -> dict[str, list[Lack]]:
    found: dict[str, list[Lack]] = {}
    for lack in lacks(project):
        if not lack.too_late:
            found.setdefault(_place(lack).path, []).append(lack)
    return found


def _is_true(project: Project, lack: Lack) -> bool:
    """Whether the version of the package that the app requires needs the key."""
    since, package = lack.requirement.since, lack.requirement.package
    return not since or not is_older(project, package, _numbers(since), lack.app.path)


def _place(lack: Lack) -> Place:
    """The call that fails at once, or else the call that creates the app."""
    return lack.use.place if lack.use.order is not None else Place(lack.app.path, lack.app.span)


def _finding(project: Project, lack: Lack, at: Place) -> Finding:
    keys = lack.requirement.needs
    used = lack.requirement.feature.rpartition(".")[2]
    givings = [giving for key in keys for giving in lack.app.outcomes(key)]
    why = "which nothing sets"
    if any(giving.only_none for giving in givings):
        why = "which the code sets to None"
    elif any(is_empty(project, giving) for giving in givings):
        why = "which the code sets to an empty string"
    message = f"{used} needs {joined(keys, 'or')}, {why}: {lack.requirement.fails}"
    related = ((lack.use.place, f"{used} is used here"),) if lack.use.place != at else ()
    return Finding(
        NAME, Severity.WARNING, message, at.path, at.span, Variable("flask", keys[0]), related=related
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


_APP = "-- app.py --\nfrom flask import Flask, flash, session\napp = Flask(__name__)\n"
_USE = "@app.get('/')\ndef view():\n    session['a'] = 1\n    return 'x'\n"
_DB = (
    "-- app.py --\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\napp = Flask(__name__)\n"
)

REQUIRED_CONFIG_KEY = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="The app uses a feature that needs a configuration key, and nothing sets the key.",
    what="""\
The code writes to `session`, calls `flash()` or `login_user()`, creates a Flask-WTF form or initialises
`CSRFProtect` with the app, and nothing sets `SECRET_KEY`; it creates a JWT without `JWT_SECRET_KEY` or
`SECRET_KEY`; it initialises Flask-SQLAlchemy 3 without `SQLALCHEMY_DATABASE_URI`, `SQLALCHEMY_BINDS` or
`SQLALCHEMY_ENGINE_OPTIONS`; or it creates a Flask-Mail `Message` without a sender while
`MAIL_DEFAULT_SENDER` is not set. The finding is placed where the app is created, or at the call if that
fails at once. Importing an extension without using it is not reported.
Not reported if configvars does not understand some part of the app's configuration, or if the feature does
not need the key: Flask-Session stores the session elsewhere, `WTF_CSRF_ENABLED` is set,
`Message(sender=…)`.""",
    why="""\
The app starts and fails at the first request that uses the feature: "The session is unavailable because no
secret key was set".""",
    run=_run,
    about=Subject.PYTHON,
    silent=(
        Example(f"{_APP}app.secret_key = ''\napp.secret_key = 'x'\n{_USE}", note="overwritten"),
        Example(f"{_APP}app.secret_key = 'x'\n{_USE}"),
        Example(
            "-- app.py --\nfrom flask import Flask, session\nfrom config import BUILT\ndef create_app():\n"
            "    if BUILT:\n        app = Flask(__name__, static_folder='dist')\n    else:\n"
            "        app = Flask(__name__)\n    app.config['SECRET_KEY'] = 'x'\n    session['a'] = 1\n    return app\n",
            note="one of two calls of `Flask` creates the app",
        ),
        Example(
            "-- app.py --\nfrom flask import Flask, session\nfrom config import BUILT\ndef plain():\n"
            "    app = Flask('a')\n    return app\ndef built():\n    app = Flask('b')\n    return app\n"
            "if BUILT:\n    app = built()\nelse:\n    app = plain()\napp.config['SECRET_KEY'] = 'x'\nsession['a'] = 1\n",
            note="one of two factories",
        ),
        Example(
            "-- factory.py --\nimport json\nfrom flask import Flask\ndef create_app():\n    app = Flask(__name__)\n"
            "    app.config.update(json.load(open('config.json')))\n    return app\n"
            "-- views.py --\nfrom flask import flash\ndef view():\n    flash('done')\n"
            "-- wsgi.py --\ntry:\n    from factory import create_app\n    app = create_app()\nexcept Exception:\n"
            "    from flask import Flask\n    app = Flask(__name__)\n",
            note="an app without views, for the case that the real one cannot be created",
        ),
        Example(f"{_APP}session.get('a')\n", note="reading the session needs no key"),
        Example(f"{_APP}", note="imported but not used"),
        Example(f"{_APP}from flask_session import Session\nSession(app)\n{_USE}"),
        Example(f"{_APP}app.config.from_envvar('SHOP')\n{_USE}", note="the loaded file may set it"),
        Example(f"{_APP}app.config.from_prefixed_env()\n{_USE}", note="FLASK_SECRET_KEY may set it"),
        Example(f"{_APP}-- tests/test_a.py --\nfrom flask import session\nsession['a'] = 1\n", note="a test"),
        Example(f"{_DB}app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite://'\nSQLAlchemy(app)\n"),
        Example(f"{_DB}app.config['SQLALCHEMY_ENGINE_OPTIONS'] = {{'url': 'sqlite://'}}\nSQLAlchemy(app)\n"),
        Example(
            f"-- requirements.txt --\nFlask-SQLAlchemy==2.5.1\n{_DB}SQLAlchemy(app)\n", note="a warning only"
        ),
        Example(
            "-- app.py --\nfrom flask import Flask\nfrom flask_mail import Mail, Message\napp = Flask(__name__)\n"
            "Mail(app)\nMessage('a', sender='a@example.org')\n"
        ),
        Example(
            f"{_APP}from flask_wtf import FlaskForm\nclass SearchForm(FlaskForm):\n    class Meta:\n"
            "        csrf = False\nSearchForm()\n"
        ),
    ),
    examples=(
        Example(
            f"{_APP}app.config['SECRET_KEY'] = ''\n{_USE}",
            (
                "app.py:2:7 warning session needs SECRET_KEY, which the code sets to an empty string: the session cannot be written to (RuntimeError) [see app.py:6:5: session is used here]",
            ),
            note="an empty string",
        ),
        Example(
            "-- app.py --\nimport os\nfrom flask import Flask, session\napp = Flask(__name__)\n"
            "app.secret_key = os.getenv('KEY', 'x')\napp.config['SECRET_KEY'] = None\nsession['a'] = 1\n",
            (
                "app.py:3:7 warning session needs SECRET_KEY, which the code sets to None: the session cannot be written to (RuntimeError) [see app.py:6:1: session is used here]",
            ),
            note="None at the end",
        ),
        Example(
            f"{_APP}{_USE}",
            (
                "app.py:2:7 warning session needs SECRET_KEY, which nothing sets: the session cannot be written to (RuntimeError) [see app.py:5:5: session is used here]",
            ),
        ),
        Example(
            "-- app.py --\nfrom flask import Flask, session\nfrom config import BUILT\nif BUILT:\n"
            "    app = Flask(__name__, static_folder='dist')\nelse:\n    app = Flask(__name__)\nsession['a'] = 1\n",
            (
                "app.py:6:11 warning session needs SECRET_KEY, which nothing sets: the session cannot be written to (RuntimeError) [see app.py:7:1: session is used here]",
            ),
            note="reported once",
        ),
        Example(
            f"{_APP}app.config['SECRET_KEY'] = None\n{_USE}",
            (
                "app.py:2:7 warning session needs SECRET_KEY, which the code sets to None: the session cannot be written to (RuntimeError) [see app.py:6:5: session is used here]",
            ),
        ),
        Example(
            "-- app.py --\nfrom flask import Flask\ndef create_app():\n    app = Flask(__name__)\n    return app\n"
            "-- views.py --\nfrom flask import Flask, flash\ndef view():\n    flash('done')\n",
            (
                "app.py:3:11 warning flash needs SECRET_KEY, which nothing sets: flash() writes to the session, which fails (RuntimeError) [see views.py:3:5: flash is used here]",
            ),
        ),
        Example(
            f"{_DB}SQLAlchemy(app)\n",
            (
                "app.py:4:1 warning SQLAlchemy needs SQLALCHEMY_DATABASE_URI, SQLALCHEMY_BINDS or SQLALCHEMY_ENGINE_OPTIONS, which nothing sets: Flask-SQLAlchemy raises a RuntimeError when it is initialised with the app",
            ),
        ),
        Example(
            f"{_DB}app.config['SQLALCHEMY_DATABASE_URI'] = None\ndb = SQLAlchemy()\ndb.init_app(app)\n",
            (
                "app.py:6:1 warning SQLAlchemy needs SQLALCHEMY_DATABASE_URI, SQLALCHEMY_BINDS or SQLALCHEMY_ENGINE_OPTIONS, which the code sets to None: Flask-SQLAlchemy raises a RuntimeError when it is initialised with the app",
            ),
        ),
        Example(
            f"{_APP}from flask_jwt_extended import JWTManager, create_access_token\nJWTManager(app)\n"
            "def login():\n    return create_access_token('me')\n",
            (
                "app.py:2:7 warning create_access_token needs JWT_SECRET_KEY or SECRET_KEY, which nothing sets: no token can be signed (RuntimeError) [see app.py:6:12: create_access_token is used here]",
            ),
        ),
        Example(
            f"{_APP}from flask_wtf import FlaskForm\nclass SearchForm(FlaskForm):\n    pass\nSearchForm()\n",
            (
                "app.py:2:7 warning FlaskForm needs SECRET_KEY or WTF_CSRF_SECRET_KEY, which nothing sets: the CSRF protection of the form fails (RuntimeError) [see app.py:6:1: FlaskForm is used here]",
            ),
        ),
    ),
    of_all_files=True,
)
