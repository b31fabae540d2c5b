"""text-config-value: a setting of Flask or Django that takes a number, a duration or a bool is given a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from configvars.catalog.typed_keys import RaisingKey, raising_keys
from configvars.checks.base import Check
from configvars.checks.env_values import wrong_values
from configvars.checks.judge_prefixed import wrong_lines
from configvars.checks.reached import flask_keys, keys_given
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


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
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
    """A read that reaches, as it is, a key that takes no text at all."""
    flow = reference.flow
    is_read = reference.access is Access.READ and reference.variable.scope == "env"
    if flow is None or not is_read or flow.type is not None:
        return
    for definition in keys_given(keys, flow):
        key = raising_keys().get(definition.variable.name)
        if key is not None and not key.words:
            name = reference.variable.name
            words = f"{key.name} takes {key.takes}, and {name} is a text: {key.happens}"
            words += "" if reference.idiom.endswith("[]") else f", once {name} is set"
            fixes = tuple(_converted(reference, definition, key, facts))
            span, variable = reference.span, reference.variable
            yield Finding(NAME, Severity.INFORMATION, words, facts.path, span, variable, fixes)


def takes_no_text(flow: Flow, keys: Mapping[Span, Definition]) -> bool:
    """Whether a read reaches, as it is, a key of Flask that takes no text: this check speaks of it."""
    return any(key.variable.name in raising_keys() for key in keys_given(keys, flow))


def _converted(reference: Reference, key: Definition, raising: RaisingKey, facts: FileFacts) -> Iterator[Fix]:
    """Convert the text, where there is always one."""
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
    summary="A setting of Flask or Django that takes a number, a duration or a bool is given a text.",
    what="""\
Every environment variable is a text. Told at the line of an env file is a value that goes wrong in the Flask key that
it reaches unconverted: `False`, `no`, `off` or `0` for a key that is a bool (`SESSION_COOKIE_SECURE`, `MAIL_USE_TLS`,
`TESTING` …), which takes any text for yes; the same for Django's settings (`DEBUG`, `SECURE_SSL_REDIRECT` …); any value for a key that takes a number or a duration
(`MAX_CONTENT_LENGTH`, `PERMANENT_SESSION_LIFETIME` …). At the code, as information, that such a key is given a text, since
that can only go wrong. Of variables that `from_prefixed_env` reads as JSON: a secret key that is a number, and what is no
JSON for a key that takes a number.

Not told is what is converted on the way, and `FLASK_DEBUG`, which the `flask` command understands.""",
    why="""\
`MAIL_USE_TLS=False` switches TLS on. `MAX_CONTENT_LENGTH=1000000` lets the program start, and each request with a body
ends in a TypeError. Convert the text: `int(os.environ["MAX_CONTENT_LENGTH"])`,
`timedelta(seconds=int(…))`, `os.environ.get("MAIL_USE_TLS", "").lower() in ("true", "1", "yes")`. A fix is offered
where the text is always there, for the numbers.""",
    run=_run,
    silent=(
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
            note="yes either way",
        ),
        Example(f'-- .env --\nFLASK_DEBUG=0\n{_CONFIG}    DEBUG = os.environ["FLASK_DEBUG"]\n{_APP}'),
        Example(
            f'-- .env --\nDAYS=1\n{_CONFIG}    PERMANENT_SESSION_LIFETIME = timedelta(days=int(os.environ["DAYS"]))\n{_APP}'
        ),
        Example(
            '-- .env --\nTLS=False\n-- config.py --\nimport os\nMAIL_USE_TLS = os.environ["TLS"]\n',
            note="no Flask",
        ),
    ),
    examples=(
        Example(
            f'-- .env --\nTLS=False\n{_CONFIG}    MAIL_USE_TLS = os.environ.get("TLS")\n{_APP}',
            (
                ".env:1:1 warning TLS says no here, and Flask's MAIL_USE_TLS takes it for yes: config.py:4 gives it the text as it is",
            ),
            "TLS is on",
        ),
        Example(
            f'-- .env --\nMAX=1000000\n{_CONFIG}    MAX_CONTENT_LENGTH = os.environ["MAX"]\n{_APP}',
            (
                ".env:1:1 warning MAX reaches Flask's MAX_CONTENT_LENGTH as a text at config.py:4: TypeError at the first request with a body",
                "config.py:4:38 information MAX_CONTENT_LENGTH takes a number, and MAX is a text: TypeError at the first request with a body [fix: Convert it with int()]",
            ),
            "TypeError at the first request with a body",
        ),
        Example(
            "-- .env --\nSECURE=0\n-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"
            'app.config.update(SESSION_COOKIE_SECURE=os.getenv("SECURE", False))\n',
            (
                ".env:1:1 warning SECURE says no here, and Flask's SESSION_COOKIE_SECURE takes it for yes: app.py:4 gives it the text as it is",
            ),
        ),
        Example(
            f'-- .env --\nDEBUG=False\n{_DJANGO}DEBUG = os.environ.get("DEBUG", False)\n',
            (
                ".env:1:1 warning DEBUG says no here, and Django's DEBUG takes it for yes: settings.py:3 gives it the text as it is",
            ),
            "Django",
        ),
        Example(
            "import os\nfrom flask import Flask\napp = Flask(__name__)\n"
            'app.config["PERMANENT_SESSION_LIFETIME"] = os.getenv("LIFETIME", 3600)\n',
            (
                "app.py:4:55 information PERMANENT_SESSION_LIFETIME takes a timedelta or a number of seconds, and LIFETIME is a text: TypeError at the first permanent session, once LIFETIME is set [fix: Convert it with int()]",
            ),
            "fine until LIFETIME is set",
        ),
        Example(
            "-- .env --\nFLASK_SECRET_KEY=12345\nFLASK_MAX_CONTENT_LENGTH=1_000\n-- app.py --\nfrom flask import Flask\n"
            "app = Flask(__name__)\napp.config.from_prefixed_env()\n",
            (
                ".env:1:1 warning from_prefixed_env reads FLASK_SECRET_KEY as JSON, so SECRET_KEY is no text: TypeError at the first session",
                ".env:2:1 warning from_prefixed_env reads FLASK_MAX_CONTENT_LENGTH as JSON; this is none, so it is a text: TypeError at the first request with a body",
            ),
            "a number, and none",
        ),
    ),
)
