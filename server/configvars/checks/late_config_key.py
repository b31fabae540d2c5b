"""late-config-key: a key is set too late to have an effect."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.subjects import Subject
from configvars.flask.late import late_keys
from configvars.model import Example, FileFacts, Finding, Severity, Variable
from configvars.pinned import is_older
from configvars.project import Project

NAME = "late-config-key"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != "python":
        return
    for late in late_keys(project, facts.path):
        is_true = not late.since or not is_older(project, late.package, _numbers(late.since), facts.path)
        if is_true:
            message = f"{late.name} is set too late: {late.why}"
            variable = Variable("flask", late.name)
            related = ((late.before, late.before_what),)
            yield Finding(
                NAME, Severity.WARNING, message, facts.path, late.place.span, variable, related=related
            )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


_APP = "-- app.py --\nfrom flask import Flask, session\napp = Flask(__name__)\n"
_DB = (
    "-- app.py --\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\napp = Flask(__name__)\n"
)
_MAIN = f"{_APP}def view():\n    session['a'] = 1\nif __name__ == '__main__':\n    app.secret_key = 'x'\n    app.run()\n"

_SHOP = (
    "-- shop/__init__.py --\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n"
    "app = Flask(__name__)\napp.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///dev.db'\n"
)
_FACTORY = (
    "-- shop/__init__.py --\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n"
    "def create_app():\n    app = Flask(__name__)\n    app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///dev.db'\n"
    "    db.init_app(app)\n    return app\n"
)
_IN_MEMORY = "app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite://'\n"

LATE_CONFIG_KEY = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A Flask configuration key is set too late to have an effect.",
    what="""\
There are three cases:

- the key is set after an extension has read it: Flask-SQLAlchemy, Flask-Mail, Flask-Session, Flask-Limiter
  and others read their keys once, when they are initialised with the app;
- the key is set below `app.config.from_object(__name__)` in the same module, which loads only the names
  that exist at that point (reported for names that are keys of Flask or an extension, or that code reads
  from `app.config`);
- the key is set inside `if __name__ == "__main__":`, a feature needs it, and a Procfile, Dockerfile or
  Compose file shows that a server such as gunicorn imports the app.

The first case is also reported in tests, which get the app from `create_app()` or import it: they would use
the database of the app, and `db.drop_all()` would delete its tables.
Keys that an extension reads on every request, as Flask-JWT-Extended does, are not reported.""",
    why="""\
The line looks as if it worked, but the app runs with the previous value or with none.""",
    run=_run,
    about=Subject.PYTHON,
    silent=(
        Example(f"{_DB}app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite://'\nSQLAlchemy(app)\n"),
        Example(
            f"{_DB}app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite://'\ndb = SQLAlchemy()\n"
            "app.config['JSON_LIMIT'] = 1\ndb.init_app(app)\n"
        ),
        Example(
            f"-- requirements.txt --\nFlask-SQLAlchemy==2.5.1\n{_DB}SQLAlchemy(app)\n"
            "app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite://'\n",
            note="version 2 reads it at the first query",
        ),
        Example(
            f"{_APP}from flask_jwt_extended import JWTManager\nJWTManager(app)\napp.config['JWT_SECRET_KEY'] = 'x'\n",
            note="read on every request",
        ),
        Example(
            f"{_FACTORY}-- tests/conftest.py --\nfrom shop import create_app, db\napp = create_app()\n{_IN_MEMORY}"
            "db.init_app(app)\n",
            note="initialised again",
        ),
        Example(
            f"{_FACTORY}-- tests/test_shop.py --\nfrom flask import Flask\nfrom shop import db\napp = Flask('test')\n"
            f"{_IN_MEMORY}db.init_app(app)\n",
            note="an app of the test",
        ),
        Example(
            f"{_FACTORY}-- tests/conftest.py --\nfrom shop import create_app\napp = create_app()\n{_IN_MEMORY}"
            "-- requirements.txt --\nFlask-SQLAlchemy==2.5.1\n"
        ),
        Example(
            f"{_SHOP}db.init_app(app)\n-- tests/test_shop.py --\nfrom flask import Flask\nfrom shop import app\n"
            f"app = Flask('test')\n{_IN_MEMORY}",
            note="the name means another app",
        ),
        Example(f"{_SHOP}-- tests/test_shop.py --\nfrom shop import app, db\n{_IN_MEMORY}db.init_app(app)\n"),
        Example(f"{_MAIN}", note="the app may be run with python app.py"),
        Example(f"-- Procfile --\nweb: python app.py\n{_MAIN}"),
        Example(f"{_APP}app.config.from_object(__name__)\nPAGES = 3\n", note="a constant that is not a key"),
        Example(
            "-- app.py --\nfrom flask import Flask\ndef create_app():\n    app = Flask(__name__)\n"
            "    app.config.from_object(__name__)\n    return app\nSECRET_KEY = 'x'\n",
            note="the function is called later",
        ),
    ),
    examples=(
        Example(
            f"{_DB}SQLAlchemy(app)\napp.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite://'\n",
            (
                "app.py:5:13 warning SQLALCHEMY_DATABASE_URI is set too late: Flask-SQLAlchemy already read it when it was initialised with the app [see app.py:4:1: Flask-SQLAlchemy is initialised with the app here]",
            ),
        ),
        Example(
            "-- app.py --\nfrom flask import Flask\nfrom flask_mail import Mail\napp = Flask(__name__)\nmail = Mail(app)\n"
            "app.config.update(MAIL_SERVER='mail.example.org', MAIL_PORT=25)\n",
            (
                "app.py:5:19 warning MAIL_SERVER is set too late: Flask-Mail already read it when it was initialised with the app [see app.py:4:8: Flask-Mail is initialised with the app here]",
                "app.py:5:51 warning MAIL_PORT is set too late: Flask-Mail already read it when it was initialised with the app [see app.py:4:8: Flask-Mail is initialised with the app here]",
            ),
        ),
        Example(
            f"{_FACTORY}-- tests/conftest.py --\nfrom shop import create_app\napp = create_app()\n{_IN_MEMORY}",
            (
                "tests/conftest.py:3:13 warning SQLALCHEMY_DATABASE_URI is set too late: Flask-SQLAlchemy already read it when it was initialised with the app [see shop/__init__.py:7:5: Flask-SQLAlchemy is initialised with the app here]",
            ),
            note="in a test, which then uses the database of the app",
        ),
        Example(
            f"{_FACTORY}-- tests/test_shop.py --\nfrom unittest import TestCase\nfrom shop import create_app\n"
            "class Test(TestCase):\n    def setUp(self):\n        self.app = create_app()\n"
            f"        self.{_IN_MEMORY}",
            (
                "tests/test_shop.py:6:26 warning SQLALCHEMY_DATABASE_URI is set too late: Flask-SQLAlchemy already read it when it was initialised with the app [see shop/__init__.py:7:5: Flask-SQLAlchemy is initialised with the app here]",
            ),
        ),
        Example(
            f"{_SHOP}db.init_app(app)\n-- tests/conftest.py --\nfrom shop import app\n{_IN_MEMORY}",
            (
                "tests/conftest.py:2:13 warning SQLALCHEMY_DATABASE_URI is set too late: Flask-SQLAlchemy already read it when it was initialised with the app [see shop/__init__.py:6:1: Flask-SQLAlchemy is initialised with the app here]",
            ),
        ),
        Example(
            f"{_APP}app.config.from_object(__name__)\nSECRET_KEY = 'x'\n",
            (
                "app.py:4:1 warning SECRET_KEY is set too late: from_object(__name__) has loaded only the names above it [see app.py:3:1: The names above this line are loaded here]",
            ),
        ),
        Example(
            f"-- Procfile --\nweb: gunicorn app:app\n{_MAIN}",
            (
                "app.py:6:9 warning SECRET_KEY is set too late: a server that imports the app does not run this block; the session cannot be written to (RuntimeError) [see app.py:4:5: It is needed here]",
            ),
        ),
    ),
    of_all_files=True,
)
