"""ephemeral-storage: data kept in files of a dyno, which are gone at its next restart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from configvars.checks.base import Check
from configvars.checks.flask_project import deploys_to_heroku, is_for_production, read_in
from configvars.checks.local import is_test
from configvars.index import LocatedDefinition
from configvars.model import Definition, Example, FileFacts, Finding, Severity, Variable
from configvars.project import Project

NAME = "ephemeral-storage"

_SQLITE = (re.compile(r"sqlite(\+\w+)?:///(?!:memory:|['\"]?$)\S"), "this SQLite database")
_DATABASE = (re.compile(r"\.(sqlite3?|db)['\"]"), "this SQLite database")
_SESSIONS = (re.compile(r"['\"]filesystem['\"]", re.IGNORECASE), "sessions kept in files")
# A text, or a path put together: what other calls give is not known.
_PATH = r"^(['\"][\w./-]+['\"]|(str\()?((os\.path\.)?join|(pathlib\.)?Path)\(.*|[\w.]+ *[/+] *['\"].*)$"
_UPLOADS = (re.compile(_PATH, re.DOTALL), "uploaded files")
_ELSEWHERE = re.compile(r"\w+://|['\"]/?tmp\b|tempfile|gettempdir|mkdtemp")
_KEPT: Mapping[str, tuple[re.Pattern[str], str]] = {
    "DATABASE": _DATABASE,
    "SESSION_TYPE": _SESSIONS,
    "SQLALCHEMY_DATABASE_URI": _SQLITE,
    "UPLOADS_DEFAULT_DEST": _UPLOADS,
    "UPLOAD_DIR": _UPLOADS,
    "UPLOAD_DIRECTORY": _UPLOADS,
    "UPLOAD_FOLDER": _UPLOADS,
    "UPLOAD_PATH": _UPLOADS,
}


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    mine = [d for d in facts.definitions if d.variable.scope == "flask" and d.variable.name in _KEPT]
    if not mine or is_test(project, facts.path) or not deploys_to_heroku(project):
        return
    for definition in mine:
        located = LocatedDefinition(facts.path, definition)
        if (
            _counts(project, located)
            and _is_in_files(project, located)
            and _has_no_other(project, definition)
        ):
            what = _KEPT[definition.variable.name][1]
            message = f"On Heroku {what} would be lost at every dyno restart, once a day at least"
            yield Finding(NAME, Severity.WARNING, message, facts.path, definition.span, definition.variable)


def _counts(project: Project, found: LocatedDefinition) -> bool:
    """Whether the app in production may have this value."""
    facts = project.index.files[found.path]
    return not is_test(project, found.path) and is_for_production(facts, found.definition)


def _is_in_files(project: Project, found: LocatedDefinition) -> bool:
    """Whether the value is a place in the dyno's files, whatever the environment says."""
    value = found.definition.value_span
    text = project.text_of(found.path)
    if value is None or text is None or read_in(project.index.files[found.path], value):
        return False
    name = found.definition.variable.name
    written = value.of(text)
    is_elsewhere = name != "SQLALCHEMY_DATABASE_URI" and _ELSEWHERE.search(written)
    return _KEPT[name][0].search(written) is not None and not is_elsewhere


def _has_no_other(project: Project, definition: Definition) -> bool:
    """Whether no other place gives the key a value that lasts."""
    variable = Variable("flask", definition.variable.name)
    return all(
        _is_in_files(project, found)
        for found in project.index.definitions(variable)
        if _counts(project, found)
    )


_HEROKU = "-- Procfile --\nweb: gunicorn app:app\n"
_APP = "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"

EPHEMERAL_STORAGE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="Data is kept in files, in a project that goes to Heroku.",
    what="""\
A SQLite database in a file (`SQLALCHEMY_DATABASE_URI`, `DATABASE`), sessions in files (`SESSION_TYPE`) or a folder for
uploads, in a project that deploys to Heroku. Silent where the environment decides, in classes for development and
tests, and where another class has a value that lasts.""",
    why="""\
A dyno's files are those of the build. What the app writes is lost when the dyno restarts, which happens at least once a
day, at every release and at every change of a config var; and two dynos do not see each other's files. Use Heroku
Postgres, Redis and an object store.""",
    run=_run,
    silent=(
        Example(f"{_APP}app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///shop.db'\n", note="no Heroku"),
        Example(f"{_HEROKU}{_APP}app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///:memory:'\n"),
        Example(
            f"{_HEROKU}{_APP}uri = os.environ.get('DATABASE_URL')\n"
            "app.config['SQLALCHEMY_DATABASE_URI'] = os.environ.get('DATABASE_URL') or 'sqlite:///shop.db'\n",
            note="Heroku gives another",
        ),
        Example(
            f"{_HEROKU}{_APP}class DevConfig:\n    SQLALCHEMY_DATABASE_URI = 'sqlite:///dev.db'\n"
            "app.config.from_object(DevConfig)\n"
        ),
        Example(
            f"{_HEROKU}{_APP}class Config:\n    SQLALCHEMY_DATABASE_URI = 'sqlite:///x.db'\n"
            "class Production(Config):\n    SQLALCHEMY_DATABASE_URI = os.environ['DATABASE_URL']\n"
            "app.config.from_object(Production)\n",
            note="production has another",
        ),
        Example(f"{_HEROKU}{_APP}app.config['UPLOAD_FOLDER'] = '/tmp/uploads'\n", note="meant to go"),
        Example(f"{_HEROKU}{_APP}app.config['UPLOAD_FOLDER'] = 's3://bucket/uploads'\n"),
        Example(f"{_HEROKU}{_APP}app.config['SESSION_TYPE'] = 'redis'\n"),
    ),
    examples=(
        Example(
            f"{_HEROKU}{_APP}app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///shop.db'\n",
            ("app.py:4:13 SQLALCHEMY_DATABASE_URI",),
        ),
        Example(
            f"{_HEROKU}{_APP}app.config.update(SESSION_TYPE='filesystem', UPLOAD_FOLDER='static/uploads')\n",
            ("app.py:4:19 SESSION_TYPE", "app.py:4:46 UPLOAD_FOLDER"),
        ),
        Example(
            f"{_HEROKU}{_APP}app.config.from_mapping(DATABASE=os.path.join(app.instance_path, 'x.sqlite'))\n",
            ("app.py:4:25 DATABASE",),
        ),
    ),
)
