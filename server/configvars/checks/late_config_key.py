"""late-config-key: a key is set when it is too late."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.pinned import is_older
from configvars.flask.late import late_keys
from configvars.model import Example, FileFacts, Finding, Severity, Variable
from configvars.project import Project
from configvars.runs.givers import is_test

NAME = "late-config-key"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    if facts.kind != "python" or is_test(project, facts.path):
        return
    for late in late_keys(project):
        is_true = not late.since or not is_older(project, late.package, _numbers(late.since), facts.path)
        if late.place.path == facts.path and is_true:
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

LATE_CONFIG_KEY = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A key of Flask's configuration is set when it is too late.",
    what="""\
Three ways to set a key in vain:

- after an extension has read it: Flask-SQLAlchemy, Flask-Mail, Flask-Session, Flask-Limiter and others read their keys
  when they are given the app, and never again;
- below `app.config.from_object(__name__)` in the same module, which takes only the names that exist by then (names
  that are keys of Flask or an extension, or that code reads from `app.config`);
- in `if __name__ == "__main__":`, where a feature needs the key and a Procfile, Dockerfile or Compose file says that
  a server such as gunicorn imports the app.

Nothing is said of keys that an extension reads at each request, as Flask-JWT-Extended does.""",
    why="""\
The line looks as if it did something. The app runs with the value from before, or without one.""",
    run=_run,
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
            note="read at each request",
        ),
        Example(f"{_MAIN}", note="python app.py may be how it is run"),
        Example(f"-- Procfile --\nweb: python app.py\n{_MAIN}"),
        Example(f"{_APP}app.config.from_object(__name__)\nPAGES = 3\n", note="the module's own constant"),
        Example(
            "-- app.py --\nfrom flask import Flask\ndef create_app():\n    app = Flask(__name__)\n"
            "    app.config.from_object(__name__)\n    return app\nSECRET_KEY = 'x'\n",
            note="called when the module is complete",
        ),
    ),
    examples=(
        Example(
            f"{_DB}SQLAlchemy(app)\napp.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite://'\n",
            (
                "app.py:5:13 warning SQLALCHEMY_DATABASE_URI is set too late: Flask-SQLAlchemy has read it when it was given the app [see app.py:4:1: Flask-SQLAlchemy is given the app here]",
            ),
        ),
        Example(
            "-- app.py --\nfrom flask import Flask\nfrom flask_mail import Mail\napp = Flask(__name__)\nmail = Mail(app)\n"
            "app.config.update(MAIL_SERVER='mail.example.org', MAIL_PORT=25)\n",
            (
                "app.py:5:19 warning MAIL_SERVER is set too late: Flask-Mail has read it when it was given the app [see app.py:4:8: Flask-Mail is given the app here]",
                "app.py:5:51 warning MAIL_PORT is set too late: Flask-Mail has read it when it was given the app [see app.py:4:8: Flask-Mail is given the app here]",
            ),
        ),
        Example(
            f"{_APP}app.config.from_object(__name__)\nSECRET_KEY = 'x'\n",
            (
                "app.py:4:1 warning SECRET_KEY is set too late: from_object(__name__) has loaded what stands above it [see app.py:3:1: The names above are loaded here]",
            ),
        ),
        Example(
            f"-- Procfile --\nweb: gunicorn app:app\n{_MAIN}",
            (
                "app.py:6:9 warning SECRET_KEY is set too late: a server imports the app and does not run this block; the session cannot be written to (RuntimeError) [see app.py:4:5: It is needed here]",
            ),
        ),
    ),
    of_all_files=True,
)
