"""removed-config-key: code or an env file sets a key that Flask no longer reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configvars.catalog.flask_keys import RemovedKey, removed_keys
from configvars.checks import flask_env
from configvars.checks.base import Check
from configvars.checks.subjects import Subject
from configvars.flask.apps import has_apps
from configvars.model import (
    Definition,
    Example,
    FileEdit,
    FileFacts,
    Finding,
    Fix,
    Severity,
    TextEdit,
    Variable,
)
from configvars.patterns import lazy_pattern
from configvars.pinned import is_older
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.text import Span

NAME = "removed-config-key"
# `app.config["KEY"]` before `=`, which the fix replaces with an attribute.
_ITEM = lazy_pattern(r"(?P<app>[\w.]+)\.config\[\s*['\"]$")
_CLOSING = lazy_pattern(r"['\"]\s*\](?=\s*=[^=])")


_DEBUG = Variable("flask", "DEBUG")


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    removed, never_read, of_env = removed_keys(), [], []
    for definition in facts.definitions:
        key = removed.get(definition.variable.name) if definition.variable.scope == "flask" else None
        if key is None or is_test(project, facts.path) or _is_own(project, facts.path, definition):
            continue
        if _changes_nothing(facts, project, definition, key):
            continue
        version = tuple(map(int, key.version.split(".")))
        if is_older(project, "flask", version, facts.path):
            continue
        if key.name == flask_env.FLASK_ENV.name:  # only the environment variable was read, and the key ENV
            never_read.append(definition)
        elif key.name == flask_env.ENV.name:
            of_env.append(definition)
        elif not _is_replaced(key, project):
            yield _finding(facts, definition, key, project)
    yield from _once(facts, never_read, "Flask does not read FLASK_ENV from app.config")
    if not any(one.variable == _DEBUG for one in facts.definitions):
        yield from _once(facts, of_env, "Flask 2.3 no longer reads ENV")
    if not is_test(project, facts.path):
        yield from _of_env(facts, project)


def _of_env(facts: FileFacts, project: Project) -> Iterator[Finding]:
    """FLASK_ENV and what Flask derived from it: the key `ENV`, and `app.env`."""
    if not (facts.kind in ("dotenv", "python") or facts.starts) or not has_apps(project):
        return
    given, reads = list(flask_env.given(facts)), list(flask_env.reads(facts))
    attributes = _attributes(facts, project) if facts.flask.flows else []
    if (
        not (given or reads or attributes)
        or not flask_env.is_current(project, facts.path)
        or flask_env.is_own(project)
    ):
        return
    for span in given:
        message = "Flask 2.3 no longer reads FLASK_ENV: use FLASK_DEBUG, or a variable that your code reads"
        yield Finding(NAME, Severity.INFORMATION, message, facts.path, span, flask_env.FLASK_ENV)
    for read, raises in reads:
        severity = Severity.WARNING if raises else Severity.INFORMATION
        what = "this raises KeyError" if raises else "this is None"
        message = f"Flask 2.3 no longer has ENV in app.config: {what}"
        yield Finding(NAME, severity, message, facts.path, read.span, read.variable)
    for span in attributes:
        message = "Flask 2.3 no longer has app.env: this raises AttributeError"
        yield Finding(NAME, Severity.WARNING, message, facts.path, span)


def _changes_nothing(facts: FileFacts, project: Project, definition: Definition, key: RemovedKey) -> bool:
    """Whether the key has the value that Flask behaves as if it had today."""
    text = project.text_of(facts.path) or ""
    return bool(key.now) and definition.value_span is not None and definition.value_span.of(text) == key.now


def _attributes(facts: FileFacts, project: Project) -> list[Span]:
    """The uses of `app.env`, found once for each text."""
    makes = any(flow.makes for flow in facts.flask.flows)

    def find() -> list[Span]:
        text = project.text_of(facts.path) or ""
        return list(flask_env.attributes(text, makes_app=makes)) if ".env" in text else []

    return project.code.kept_of(facts.path, "app.env", makes, find)


def _is_own(project: Project, path: str, definition: Definition) -> bool:
    """Whether the project's own code uses the key, or its file the name, independently of Flask."""
    if next(project.index.references(definition.variable), None) is not None:
        return True
    places = re.findall(rf"\b{definition.variable.name}\b", project.text_of(path) or "")
    defined = sum(one.variable == definition.variable for one in project.index.files[path].definitions)
    return len(places) > defined


def _is_replaced(key: RemovedKey, project: Project) -> bool:
    """Whether code sets the attribute that replaces a key."""
    attribute = key.replacement.removeprefix("app")
    is_set = re.compile(rf"{re.escape(attribute)}\s*=[^=]")
    files = (path for path in project.index.files if path.endswith(".py")) if attribute else ()
    return any(project.contains(path, is_set) for path in files)


def _once(facts: FileFacts, found: list[Definition], what: str) -> Iterator[Finding]:
    """The finding for a key without which Flask behaves in the same way, once for each file."""
    if found:
        first, others = found[0], len(found) - 1
        message = f"{what}: use `DEBUG`, or a variable of your own"
        message += f" ({others} more line{'s' if others > 1 else ''} in this file)" if others else ""
        yield Finding(NAME, Severity.INFORMATION, message, facts.path, first.span, first.variable)


def _finding(facts: FileFacts, definition: Definition, key: RemovedKey, project: Project) -> Finding:
    instead = f"use {key.replacement}" if key.replacement else ""
    message = f"Flask {key.version} no longer reads {key.name}"
    note = key.note[:1].lower() + key.note[1:].rstrip(".")
    message += f": {instead or note}" if instead or note else ""
    message += f" ({note})" if instead and note else ""
    fix = _fix(facts, project, definition, key) if key.replacement and not key.note else None
    fixes = (fix,) if fix is not None else ()
    span, variable = definition.span, definition.variable
    return Finding(NAME, Severity.WARNING, message, facts.path, span, variable, fixes)


def _fix(facts: FileFacts, project: Project, definition: Definition, key: RemovedKey) -> Fix | None:
    """Use the attribute of the app instead of `app.config["KEY"]`."""
    text = project.text_of(facts.path) or ""
    before = _ITEM.search(text, text.rfind("\n", 0, definition.span.start) + 1, definition.span.start)
    after = _CLOSING.match(text, definition.span.end)
    if before is None or after is None:
        return None
    attribute = before["app"] + key.replacement.removeprefix("app")
    edit = TextEdit(type(definition.span)(before.start(), after.end()), attribute)
    return Fix(f"Set {attribute}", (FileEdit(facts.path, (edit,)),), preferred=True)


_APP = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"

REMOVED_CONFIG_KEY = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="The code or an env file sets a key that Flask no longer reads.",
    what="""\
`ENV`, `JSON_AS_ASCII`, `JSON_SORT_KEYS`, `JSONIFY_MIMETYPE`, `JSONIFY_PRETTYPRINT_REGULAR` (removed in
Flask 2.3), `PRESERVE_CONTEXT_ON_EXCEPTION` (removed in 2.2) and older keys, where they are set; `FLASK_ENV`
in an env file, a Compose file, a Dockerfile, a Procfile or the like; and `app.config["ENV"]` and `app.env` in code, which Flask set from `FLASK_ENV` before 2.3.
`ENV` and `FLASK_ENV` are information, once for each file, because they changed little before.
Not reported if the value is what Flask does now, if code sets what replaces the key (`DEBUG` for `ENV`), if the project's own code uses the key, or if the nearest requirements or lock file asks for an
older Flask.""",
    why="""\
Reading `app.config["ENV"]` or `app.env` is an error. Setting the other keys has no effect: JSON is sorted
again, or the app runs in another environment than you expect.""",
    run=_run,
    about=Subject.ENV_FILE | Subject.OTHER | Subject.READS | Subject.SETS | Subject.FLOWS,
    silent=(
        Example(
            "-- app.py --\nfrom flask import Flask\nclass Config:\n    def __init__(self):\n        self.ENV = 'shop'\n"
            "app = Flask(__name__)\napp.config.from_object(Config())\nprint(app.config['ENV'])\n"
            "-- requirements.txt --\nFlask==3.1.0\n",
            note="the project's own attribute",
        ),
        Example(f"{_APP}app.json.sort_keys = False\n"),
        Example(
            f"{_APP}class C:\n    PRESERVE_CONTEXT_ON_EXCEPTION = False\n    JSON_SORT_KEYS = True\n"
            "app.config.from_object(C)\n",
            note="Flask behaves like this now",
        ),
        Example(
            f"{_APP}app.config['ENV'] = 'x'\nprint(app.config['ENV'])\n",
            note="the project uses the key itself",
        ),
        Example(f"{_APP}class C:\n    ENV = 'x'\n    DEBUG = ENV == 'dev'\napp.config.from_object(C)\n"),
        Example(f"-- requirements.txt --\nFlask==2.2.5\n{_APP}app.config['JSON_SORT_KEYS'] = False\n"),
        Example(
            "-- backend/requirements.txt --\nFlask==2.2.5\n-- requirements.txt --\nblack\n"
            f"{_APP.replace('app.py', 'backend/shop/app.py')}app.config['JSON_SORT_KEYS'] = False\n",
            note="the nearest list counts",
        ),
        Example(f"-- environment.yml --\n- flask=2.2.5\n{_APP}app.config['JSON_SORT_KEYS'] = False\n"),
        Example(f"-- requirements.txt --\nflask>=1,<2.3\n{_APP}app.config['JSON_SORT_KEYS'] = False\n"),
        Example(
            f'-- poetry.lock --\n[[package]]\nname = "flask"\nversion = "1.1.4"\n{_APP}'
            "app.config['JSON_SORT_KEYS'] = False\n"
        ),
        Example(
            f"{_APP}app.json.ensure_ascii = False\napp.config['JSON_AS_ASCII'] = False\n",
            note="the code sets what replaces the key",
        ),
        Example(
            f"{_APP}class C:\n    ENV = 'x'\n    DEBUG = True\napp.config.from_object(C)\n",
            note="the code sets DEBUG, too",
        ),
        Example(f"{_APP}class C:\n    ENV = 'x'\n", note="a class that is not loaded"),
        Example(f"-- .flaskenv --\nFLASK_ENV=dev\n-- requirements.txt --\nFlask==2.2.5\n{_APP}app.env\n"),
        Example(f"-- .flaskenv --\nFLASK_ENV=dev\n{_APP}import os\nos.getenv('FLASK_ENV')\n"),
        Example("-- .env --\nFLASK_ENV=dev\n-- app.py --\nprint(1)\n", note="not a Flask app"),
        Example(
            f"-- .env --\nFLASK_ENV=dev\n-- requirements.txt --\nflask\ncoaster\n{_APP}",
            note="Coaster reads it",
        ),
        Example(f"-- Dockerfile --\nENV FLASK_ENV=dev\n-- requirements.txt --\nflask==2.0\n{_APP}"),
    ),
    examples=(
        Example(
            "-- compose.yaml --\nservices:\n  web:\n    command: flask run\n    environment:\n      FLASK_ENV: dev\n"
            f"{_APP}",
            (
                "compose.yaml:5:7 information Flask 2.3 no longer reads FLASK_ENV: use FLASK_DEBUG, or a variable that your code reads",
            ),
        ),
        Example(
            f"-- .flaskenv --\nFLASK_ENV=dev\n{_APP}if app.config['ENV'] == 'dev':\n    app.config.get('ENV')\n",
            (
                ".flaskenv:1:1 information Flask 2.3 no longer reads FLASK_ENV: use FLASK_DEBUG, or a variable that your code reads",
                "app.py:3:16 warning Flask 2.3 no longer has ENV in app.config: this raises KeyError",
                "app.py:4:21 information Flask 2.3 no longer has ENV in app.config: this is None",
            ),
        ),
        Example(
            f"{_APP}print(app.env)\n",
            ("app.py:3:11 warning Flask 2.3 no longer has app.env: this raises AttributeError",),
        ),
        Example(
            f"{_APP}app.config['FLASK_ENV'] = 'dev'\n",
            (
                "app.py:3:13 information Flask does not read FLASK_ENV from app.config: use `DEBUG`, or a variable of your own",
            ),
        ),
        Example(
            f"{_APP}app.config['JSON_SORT_KEYS'] = False\n",
            (
                "app.py:3:13 warning Flask 2.3 no longer reads JSON_SORT_KEYS: use app.json.sort_keys [fix: Set app.json.sort_keys]",
            ),
        ),
        Example(
            f"-- requirements.txt --\nFlask-Login<1\nFlask\n{_APP}class C:\n    ENV = 'x'\n"
            "app.config.from_object(C)\n",
            ("app.py:4:5 information Flask 2.3 no longer reads ENV: use `DEBUG`, or a variable of your own",),
        ),
    ),
)
