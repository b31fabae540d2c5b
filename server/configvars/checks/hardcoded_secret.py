"""hardcoded-secret: a key or password that is written in the code."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.flask_project import KeysOf, keys_with_values
from configvars.checks.local import is_test
from configvars.flask_model import ConfigObject
from configvars.model import Example, FileFacts, Finding, Severity, Variable
from configvars.project import Project
from configvars.text import Span

NAME = "hardcoded-secret"

_SECRET_NAME = re.compile(
    r"(^|_)(SECRET|SECRETS|PASSWORD|PASSWD|PASSPHRASE|TOKEN|SALT|(API|ACCESS|PRIVATE|SIGNING|ENCRYPTION|AUTH)_?KEY"
    r"|SECRET_KEY|APIKEY)(_KEY|_FALLBACKS)?$"
)
# The only literal of the value, or of its default: `get("X", "…")` and `get("X") or "…"`.
_LITERAL = re.compile(
    r"(?:[\w.]*(?:environ\.get|getenv)\(\s*['\"]\w+['\"]\s*(?:,|\)\s*or)\s*)?[rbuRBU]{0,2}(['\"])(?P<text>[^'\"\s]+)\1\s*\)?"
)
_DUMMY = re.compile(
    r"secret|passw|chang|your|my[-_]|dummy|example|sample|test|fake|insecure|default|placeholder|replace|todo|fixme"
    r"|dev|local|guess|super|random|key|token|xxx|\*\*\*|\.\.\.|foo|bar|abc|1234|0000|<|\{|\$|qwerty|hello|string",
    re.IGNORECASE,
)
_EXAMPLES = frozenset({"demo", "doc", "docs", "example", "examples", "sample", "samples"})
_NOT_PRODUCTION = re.compile(r"test|dev|local|^CI", re.IGNORECASE)
_MIN_LENGTH = 10
_MIN_BITS = 2.9


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    text = project.text_of(facts.path) if facts.kind == "python" else None
    if text is None or is_test(project, facts.path) or _is_shown(project, facts.path):
        return
    keys = KeysOf(facts)
    for name, span, value in keys_with_values(facts):
        is_secret = _SECRET_NAME.search(name) and _is_secret(value.of(text))
        if is_secret and not _is_for_this_machine(keys.object_at(span)):
            yield _finding(facts, name, span)


def _is_shown(project: Project, path: str) -> bool:
    """Whether a file is there to be read, not run."""
    return not _EXAMPLES.isdisjoint(project.inner(path).split("/"))


def _is_for_this_machine(around: ConfigObject | None) -> bool:
    return around is not None and _NOT_PRODUCTION.search(around.name) is not None


def _is_secret(value: str) -> bool:
    """Whether an expression is a literal that looks like chance, not like words."""
    found = _LITERAL.fullmatch(value)
    text = found["text"] if found else ""
    if len(text) < _MIN_LENGTH or _DUMMY.search(text) or not any(c.isdigit() for c in text):
        return False
    counts = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts) >= _MIN_BITS


def _finding(facts: FileFacts, name: str, span: Span) -> Finding:
    message = f"The value of {name} is written in the code: whoever can read the repository has it"
    return Finding(NAME, Severity.WARNING, message, facts.path, span, Variable("flask", name))


_APP = "from flask import Flask\napp = Flask(__name__)\n"
_RANDOM = "9f2c1e7ab40d58c3e6f1a7b2"

HARDCODED_SECRET = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A key or password is written in the code.",
    what="""\
A configuration key whose name says that it is secret (`SECRET_KEY`, `…_PASSWORD`, `…_TOKEN`, `…_API_KEY` …) with a literal
that looks random as its value, or as the default of an environment variable. Words that nobody takes for a secret
(`"dev"`, `"changeme"`, `"your-key"`) are left alone, and so are tests and classes for development.""",
    why="""\
Who has the code, or ever had a copy of the repository, can sign sessions or log in. Change the secret, and read the new
one from the environment: the action “Move to the environment” does the second.""",
    run=_run,
    silent=(
        Example(f"{_APP}app.config['SECRET_KEY'] = 'dev'\n"),
        Example(f"{_APP}app.config['SECRET_KEY'] = 'you-will-never-guess-42'\n"),
        Example(f"{_APP}app.secret_key = 'super secret key 1'\n"),
        Example(f"{_APP}app.config['SHOP_PUBLIC_ID'] = '{_RANDOM}'\n", note="no secret by its name"),
        Example(f"{_APP}import os\napp.config['SECRET_KEY'] = os.environ['SECRET_KEY']\n"),
        Example(f"{_APP}app.config['API_TOKEN_URL'] = 'https://h/9f2c1e7ab40d'\n"),
        Example(
            f"{_APP}class TestConfig:\n    SECRET_KEY = '{_RANDOM}'\napp.config.from_object(TestConfig)\n"
        ),
        Example(f"-- tests/app.py --\n{_APP}app.config['SECRET_KEY'] = '{_RANDOM}'\n"),
        Example(f"SECRET_KEY = '{_RANDOM}'\n", note="no Flask"),
    ),
    examples=(
        Example(f"{_APP}app.config['SECRET_KEY'] = '{_RANDOM}'\n", ("app.py:3:13 SECRET_KEY",)),
        Example(f"{_APP}app.secret_key = b'{_RANDOM}'\n", ("app.py:3:5 SECRET_KEY",)),
        Example(
            f"{_APP}import os\nclass C:\n    MAIL_PASSWORD = os.environ.get('MAIL_PASSWORD', 'Tr4ub0r-3xw')\n"
            "app.config.from_object(C)\n",
            ("app.py:5:5 MAIL_PASSWORD",),
        ),
    ),
)
