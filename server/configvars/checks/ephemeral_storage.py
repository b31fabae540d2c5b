"""ephemeral-storage: the app stores data in files of a dyno, which are deleted at the next restart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from configvars.checks.base import Check
from configvars.checks.flask_project import KeysOf, deploys_to_heroku
from configvars.checks.subjects import Subject
from configvars.index import LocatedDefinition
from configvars.model import Example, FileFacts, Finding, Severity, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.requirements import imports_any
from configvars.runs.givers import is_test

NAME = "ephemeral-storage"

_SQLITE = (lazy_pattern(r"sqlite(\+\w+)?:///(?!:memory:|['\"]?$)\S"), "this SQLite database")
_DATABASE = (lazy_pattern(r"\.(sqlite3?|db)['\"]"), "this SQLite database")
_SESSIONS = (lazy_pattern(r"['\"]filesystem['\"]", re.IGNORECASE), "sessions kept in files")
# A string or a path expression; the results of other calls are not known.
_PATH = r"^(['\"][\w./-]+['\"]|(str\()?((os\.path\.)?join|(pathlib\.)?Path)\(.*|[\w.]+ *[/+] *['\"].*)$"
_UPLOADS = (lazy_pattern(_PATH, re.DOTALL), "uploaded files")
# Clients of object storage.
_OBJECT_STORAGE = (
    "aioboto3",
    "boto",
    "boto3",
    "botocore",
    "cloudinary",
    "flask_s3",
    "minio",
    "s3fs",
    "storages",
)
_SESSION_MODULES = ("flask_session", "flask_sessionstore")
_CHOOSES = lazy_pattern(r"\s(?:or|if)\s")
_ELSEWHERE = lazy_pattern(r"\w+://|['\"]/?tmp\b|tempfile|gettempdir|mkdtemp")
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
    mine = [
        d for d in facts.definitions if d.variable.scope == "flask" and _is_kept(d.variable.name, project)
    ]
    if not mine or is_test(project, facts.path) or not deploys_to_heroku(project):
        return
    kept = _Kept(project)
    for definition in mine:
        located = LocatedDefinition(facts.path, definition)
        if _KEPT[definition.variable.name] is _UPLOADS and _may_be_kept_elsewhere(project):
            continue
        if kept.counts(located) and kept.is_in_files(located) and kept.has_no_other(definition.variable.name):
            what = _KEPT[definition.variable.name][1]
            message = f"On Heroku, {what} would be lost at every dyno restart, at least once a day"
            yield Finding(NAME, Severity.WARNING, message, facts.path, definition.span, definition.variable)


def _may_be_kept_elsewhere(project: Project) -> bool:
    """Whether code may put uploads into object storage, or asks whether it runs on a dyno."""
    asks = next(project.index.references(Variable("env", "DYNO")), None) is not None
    return asks or imports_any(project, _OBJECT_STORAGE)


def _is_kept(name: str, project: Project) -> bool:
    """Whether a key says where the app stores data; only Flask-Session reads `SESSION_TYPE`."""
    return name in _KEPT and (name != "SESSION_TYPE" or imports_any(project, _SESSION_MODULES))


class _Kept:
    """Where the configuration keys of a project store data."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._keys = cache(lambda path: KeysOf(project.index.files[path]))
        self._no_other: dict[str, bool] = {}

    def counts(self, found: LocatedDefinition) -> bool:
        """Whether the app may use this value in production."""
        in_production = self._keys(found.path).is_for_production(found.definition.span)
        return in_production and not is_test(self._project, found.path)

    def is_in_files(self, found: LocatedDefinition) -> bool:
        """Whether the value is always a place in the dyno's file system, whatever the environment contains."""
        value = found.definition.value_span
        text = self._project.text_of(found.path)
        if value is None or text is None or self._keys(found.path).reads_in(value):
            return False
        name = found.definition.variable.name
        written = value.of(text)
        is_elsewhere = name != "SQLALCHEMY_DATABASE_URI" and _ELSEWHERE.search(written)
        is_file = _KEPT[name][0].search(written) is not None and not _CHOOSES.search(written)
        return is_file and not is_elsewhere

    def has_no_other(self, name: str) -> bool:
        """Whether nothing sets a key to a durable value, such as a URL instead of a file's path."""
        if name not in self._no_other:
            self._no_other[name] = self._has_no_other(name)
        return self._no_other[name]

    def _has_no_other(self, name: str) -> bool:
        address = Variable("flask", "SQLALCHEMY_DATABASE_URI")
        if name == "DATABASE" and next(self._project.index.definitions(address), None) is not None:
            return False
        found = self._project.index.definitions(Variable("flask", name))
        return all(self.is_in_files(one) for one in found if self.counts(one))


_HEROKU = "-- Procfile --\nweb: gunicorn app:app\n"
_APP = "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"

EPHEMERAL_STORAGE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="The app keeps data in files, in a project that deploys to Heroku.",
    what="""\
A SQLite database file (`SQLALCHEMY_DATABASE_URI`, `DATABASE`), sessions in files (`SESSION_TYPE` of Flask-Session) or an
upload folder, in a project that deploys to Heroku. Not reported where the environment decides the location,
in classes for development and tests, for uploads if code imports a client of object storage or asks for `DYNO`, and where another class has a persistent value.""",
    why="""\
A dyno starts with the files of the build. Whatever the app writes is lost when the dyno restarts, which
happens at least once a day, after every release and after every config var change. Two dynos also do not
see each other's files. Use Heroku Postgres, Redis and object storage.""",
    run=_run,
    about=Subject.SETS,
    silent=(
        Example(
            f"{_HEROKU}{_APP}url = os.getenv('DATABASE_URL')\nif url:\n    url = url.replace('postgres://', 'postgresql://', 1)\n"
            "app.config['SQLALCHEMY_DATABASE_URI'] = url or 'sqlite:///app.db'\n",
            note="only if another URL is not set",
        ),
        Example(
            f"{_HEROKU}{_APP}path = os.getenv('DATA')\napp.config['DATABASE'] = path if path else 'app.db'\n",
            note="only if another path is not set",
        ),
        Example(
            f"{_APP}app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///shop.db'\n",
            note="not a Heroku project",
        ),
        Example(
            f"{_HEROKU}-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"
            "app.config['DATABASE'] = 'shop.db'\n"
            "app.config['SQLALCHEMY_DATABASE_URI'] = os.getenv('DATABASE_URL', 'sqlite:///shop.db')\n",
            note="the URL is used, not the file name",
        ),
        Example(f"{_HEROKU}{_APP}app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///:memory:'\n"),
        Example(
            f"{_HEROKU}{_APP}uri = os.environ.get('DATABASE_URL')\n"
            "app.config['SQLALCHEMY_DATABASE_URI'] = os.environ.get('DATABASE_URL') or 'sqlite:///shop.db'\n",
            note="Heroku sets another value",
        ),
        Example(
            f"{_HEROKU}{_APP}class DevConfig:\n    SQLALCHEMY_DATABASE_URI = 'sqlite:///dev.db'\n"
            "app.config.from_object(DevConfig)\n"
        ),
        Example(
            f"{_HEROKU}{_APP}class Config:\n    SQLALCHEMY_DATABASE_URI = 'sqlite:///x.db'\n"
            "class Production(Config):\n    SQLALCHEMY_DATABASE_URI = os.environ['DATABASE_URL']\n"
            "app.config.from_object(Production)\n",
            note="the production class has another value",
        ),
        Example(
            f"{_HEROKU}{_APP}app.config['UPLOAD_FOLDER'] = '/tmp/uploads'\n", note="temporary on purpose"
        ),
        Example(f"{_HEROKU}{_APP}app.config['UPLOAD_FOLDER'] = 's3://bucket/uploads'\n"),
        Example(
            f"{_HEROKU}{_APP}import boto3\napp.config['UPLOAD_FOLDER'] = 'static/uploads'\n",
            note="uploads may be put into object storage",
        ),
        Example(
            f"{_HEROKU}{_APP}app.config['UPLOAD_FOLDER'] = 'static/uploads'\ndef save(image):\n"
            "    if 'DYNO' in os.environ:\n        send(image)\n    else:\n        image.save(app.config['UPLOAD_FOLDER'])\n",
            note="the code asks whether it runs on a dyno",
        ),
        Example(
            f"{_HEROKU}-- railway.json --\n{{}}\n{_APP}app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///shop.db'\n",
            note="another service starts the Procfile",
        ),
        Example(f"{_HEROKU}{_APP}from flask_session import Session\napp.config['SESSION_TYPE'] = 'redis'\n"),
        Example(f"{_HEROKU}{_APP}app.config['SESSION_TYPE'] = 'filesystem'\n", note="without Flask-Session"),
    ),
    examples=(
        Example(
            f"{_HEROKU}{_APP}app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///shop.db'\n",
            (
                "app.py:4:13 warning On Heroku, this SQLite database would be lost at every dyno restart, at least once a day",
            ),
        ),
        Example(
            f"{_HEROKU}{_APP}from flask_session import Session\n"
            "app.config.update(SESSION_TYPE='filesystem', UPLOAD_FOLDER='static/uploads')\n",
            (
                "app.py:5:19 warning On Heroku, sessions kept in files would be lost at every dyno restart, at least once a day",
                "app.py:5:46 warning On Heroku, uploaded files would be lost at every dyno restart, at least once a day",
            ),
        ),
        Example(
            f"{_HEROKU}{_APP}app.config.from_mapping(DATABASE=os.path.join(app.instance_path, 'x.sqlite'))\n",
            (
                "app.py:4:25 warning On Heroku, this SQLite database would be lost at every dyno restart, at least once a day",
            ),
        ),
    ),
)
