"""text-config-value: a Flask or Django setting that needs a number, a duration or a bool is set to a string."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from configvars.catalog.typed_keys import RaisingKey, raising_keys
from configvars.checks.base import Check
from configvars.checks.env_values import wrong_values
from configvars.checks.judge_prefixed import wrong_lines
from configvars.checks.reached import flask_keys, keys_given
from configvars.checks.subjects import Subject
from configvars.flow_model import Flow
from configvars.model import (
    Access,
    Definition,
    Example,
    FileEdit,
    FileFacts,
    Finding,
    Fix,
    Reference,
    Severity,
    TextEdit,
)
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.text import Span

NAME = "text-config-value"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    if facts.kind == "dotenv":
        for wrong in wrong_lines(facts, project):
            if not wrong.truth:
                one = wrong.definition
                yield Finding(NAME, wrong.severity, wrong.words, facts.path, one.span, one.variable)
        yield from wrong_values(NAME, facts, project)
    elif facts.kind == "python" and not is_test(project, facts.path):
        keys = flask_keys(facts)
        for reference in facts.references:
            yield from _in_code(reference, facts, keys)


def _in_code(reference: Reference, facts: FileFacts, keys: Mapping[Span, Definition]) -> Iterator[Finding]:
    """Findings for a read whose unchanged value is assigned to a key that cannot be a string."""
    flow = reference.flow
    is_read = reference.access is Access.READ and reference.variable.scope == "env"
    if flow is None or not is_read or flow.type is not None:
        return
    for definition in keys_given(keys, flow):
        key = raising_keys().get(definition.variable.name)
        if key is not None and not key.words:
            name = reference.variable.name
            words = f"{key.name} needs {key.takes}, but {name} is a string: {key.happens}"
            words += "" if reference.idiom.endswith("[]") else f" if {name} is set"
            fixes = tuple(_converted(reference, definition, key, facts))
            span, variable = reference.span, reference.variable
            yield Finding(NAME, Severity.INFORMATION, words, facts.path, span, variable, fixes)


def takes_no_text(flow: Flow, keys: Mapping[Span, Definition]) -> bool:
    """Whether the unchanged value of a read is assigned to a Flask key that cannot be a string."""
    return any(key.variable.name in raising_keys() for key in keys_given(keys, flow))


def _converted(reference: Reference, key: Definition, raising: RaisingKey, facts: FileFacts) -> Iterator[Fix]:
    """Convert the string, if the read is never None."""
    default, value = reference.flow.default if reference.flow else None, key.value_span
    is_there = reference.idiom.endswith("[]") or (default is not None and default.kind in ("text", "number"))
    if value is not None and raising.convert and is_there and value.start < reference.span.start < value.end:
        before = TextEdit(Span(value.start, value.start), f"{raising.convert}(")
        edits = (before, TextEdit(Span(value.end, value.end), ")"))
        yield Fix(f"Convert it with {raising.convert}()", (FileEdit(facts.path, edits),), preferred=True)


_CONFIG = "-- config.py --\nimport os\nfrom datetime import timedelta\nclass Config:\n"
_DJANGO = "-- settings.py --\nimport os\nINSTALLED_APPS = []\n"
_APP = "-- app.py --\nfrom flask import Flask\nimport config\napp = Flask(__name__)\napp.config.from_object(config.Config)\n"

TEXT_CONFIG_VALUE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A Flask or Django setting that needs a number, a duration or a bool is set to a string.",
    what="""\
Every environment variable is a string. In env files, the check reports a value that goes wrong in the Flask
key that it reaches without conversion: `False`, `no`, `off` or `0` for a bool key (`SESSION_COOKIE_SECURE`,
`MAIL_USE_TLS`, `TESTING` …), where any non-empty string counts as true; the same for Django's settings
(`DEBUG`, `SECURE_SSL_REDIRECT` …); and any value for a key that needs a number or a duration
(`MAX_CONTENT_LENGTH`, `PERMANENT_SESSION_LIFETIME` …). In code, as information, it reports a string that
reaches a key which needs a number or a duration, since that always goes wrong. For variables that
`from_prefixed_env` parses as JSON, it reports a secret key that is a number, a number or bool on which code calls
a method of strings, and a value that is not JSON for a key that needs a number.
Not reported: values that the code converts, and `FLASK_DEBUG`, which the `flask` command understands.""",
    why="""\
`MAIL_USE_TLS=False` turns TLS on. With `MAX_CONTENT_LENGTH=1000000` the program starts, and every request
with a body fails with a TypeError. Convert the string: `int(os.environ["MAX_CONTENT_LENGTH"])`,
`timedelta(seconds=int(…))`, `os.environ.get("MAIL_USE_TLS", "").lower() in ("true", "1", "yes")`. A fix is
offered for numbers, if the variable cannot be None at this place.""",
    run=_run,
    about=Subject.ENV_FILE | Subject.READS,
    silent=(
        Example(
            "-- .env --\nFLASK_SECRET_KEY=1234\n-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
            "app.config.from_prefixed_env(loads=str)\n",
            note="every value stays a string",
        ),
        Example(
            "-- .env --\nFLASK_A=1\nFLASK_B=x\nFLASK_C=1\nFLASK_D=1\nFLASK_E=1\n-- app.py --\nfrom flask import Flask\n"
            "app = Flask(__name__)\napp.config.from_prefixed_env()\napp.config['D'] = str(app.config['D'])\nprint(app.config['A'])\n"
            "app.config['B'].split()\ntry:\n    app.config['C'].split()\nexcept AttributeError:\n    pass\napp.config['D'].split()\n"
            "e = app.config['E']\nif isinstance(e, str):\n    e = e.split()\n",
            note="no method of strings is called on a number",
        ),
        Example(
            f'-- .env --\nMAX=10\n{_CONFIG}    MAX_CONTENT_LENGTH = int(os.environ["MAX"])\n{_APP}',
            note="converted",
        ),
        Example(
            f'-- .env --\nTLS=False\n{_CONFIG}    MAIL_USE_TLS = os.environ.get("TLS") == "True"\n{_APP}',
            note="compared",
        ),
        Example(
            f'-- .env --\nTLS=True\n{_CONFIG}    MAIL_USE_TLS = os.environ["TLS"]\n{_APP}',
            note="means yes either way",
        ),
        Example(f'-- .env --\nFLASK_DEBUG=0\n{_CONFIG}    DEBUG = os.environ["FLASK_DEBUG"]\n{_APP}'),
        Example(
            f'-- .env --\nDAYS=1\n{_CONFIG}    PERMANENT_SESSION_LIFETIME = timedelta(days=int(os.environ["DAYS"]))\n{_APP}'
        ),
        Example(
            '-- .env --\nTLS=False\n-- config.py --\nimport os\nMAIL_USE_TLS = os.environ["TLS"]\n',
            note="not a Flask setting",
        ),
    ),
    examples=(
        Example(
            f'-- .env --\nTLS=False\n{_CONFIG}    MAIL_USE_TLS = os.environ.get("TLS")\n{_APP}',
            (
                ".env:1:1 warning TLS means no here, but Flask's MAIL_USE_TLS treats it as true: config.py:4 passes the string unchanged",
            ),
            "TLS is on",
        ),
        Example(
            f'-- .env --\nMAX=1000000\n{_CONFIG}    MAX_CONTENT_LENGTH = os.environ["MAX"]\n{_APP}',
            (
                ".env:1:1 warning MAX reaches Flask's MAX_CONTENT_LENGTH as a string at config.py:4: TypeError at the first request with a body",
                "config.py:4:38 information MAX_CONTENT_LENGTH needs a number, but MAX is a string: TypeError at the first request with a body [fix: Convert it with int()]",
            ),
            "TypeError at the first request with a body",
        ),
        Example(
            "-- .env --\nSECURE=0\n-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"
            'app.config.update(SESSION_COOKIE_SECURE=os.getenv("SECURE", False))\n',
            (
                ".env:1:1 warning SECURE means no here, but Flask's SESSION_COOKIE_SECURE treats it as true: app.py:4 passes the string unchanged",
            ),
        ),
        Example(
            f'-- .env --\nDEBUG=False\n{_DJANGO}DEBUG = os.environ.get("DEBUG", False)\n',
            (
                ".env:1:1 warning DEBUG means no here, but Django's DEBUG treats it as true: settings.py:3 passes the string unchanged",
            ),
            "Django",
        ),
        Example(
            "import os\nfrom flask import Flask\napp = Flask(__name__)\n"
            'app.config["PERMANENT_SESSION_LIFETIME"] = os.getenv("LIFETIME", 3600)\n',
            (
                "app.py:4:55 information PERMANENT_SESSION_LIFETIME needs a timedelta or a number of seconds, but LIFETIME is a string: TypeError at the first permanent session if LIFETIME is set [fix: Convert it with int()]",
            ),
            "fine until LIFETIME is set",
        ),
        Example(
            "-- .env --\nFLASK_SECRET_KEY=12345\nFLASK_MAX_CONTENT_LENGTH=1_000\n-- app.py --\nfrom flask import Flask\n"
            "import json\napp = Flask(__name__)\napp.config.from_prefixed_env(loads=json.loads)\n",
            (
                ".env:1:1 warning from_prefixed_env parses FLASK_SECRET_KEY as JSON, so SECRET_KEY is not a string: TypeError at the first session",
                ".env:2:1 warning from_prefixed_env parses FLASK_MAX_CONTENT_LENGTH as JSON; this is not JSON, so it stays a string: TypeError at the first request with a body",
            ),
            "a number where a string is needed, and the other way round",
        ),
        Example(
            "-- .env --\nFLASK_API_KEY=12345\nFLASK_HOSTS=true\n-- app.py --\nfrom flask import Flask, current_app\n"
            "app = Flask(__name__)\napp.config.from_prefixed_env()\ndef sign():\n    return current_app.config['API_KEY'].encode()\n"
            "hosts = app.config['HOSTS'].strip().split(',')\n",
            (
                ".env:1:1 warning from_prefixed_env parses FLASK_API_KEY as JSON, so API_KEY is not a string: app.py:5 raises AttributeError",
                ".env:2:1 warning from_prefixed_env parses FLASK_HOSTS as JSON, so HOSTS is not a string: app.py:6 raises AttributeError",
            ),
            note="a key of one's own",
        ),
    ),
)
