"""hardcoded-secret: the code contains a key or password."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.django_base_settings import FOR_DEVELOPMENT, NOT_PRODUCTION, REPLACED, is_replaced
from configvars.checks.flask_project import KeysOf, feeds_a_key, keys_with_values
from configvars.checks.secret_literals import IN_A_CALL, NOT_REAL, WITHOUT_READS, literals
from configvars.checks.secret_names import names_secret
from configvars.checks.subjects import Subject
from configvars.flask_model import ConfigObject
from configvars.live_values import live_kind
from configvars.model import Example, FileFacts, Finding, Severity, Variable
from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.runs.origins import Origins
from configvars.secret_shapes import has_password, is_known_key, is_random
from configvars.syntax.python_strings import text_of_literal
from configvars.text import Span

NAME = "hardcoded-secret"

# The text before a default: `get("X", "…")` and `get("X") or "…"`.
_BEFORE = lazy_pattern(
    r"[\w.]*(?:environ\.get|getenv)\(\s*['\"]\w+['\"]\s*(?:,\s*(?:default\s*=\s*)?|\)\s*or[\s\\]+)"
)
_DJANGO = frozenset({"INSTALLED_APPS", "MIDDLEWARE", "ROOT_URLCONF", "TEMPLATES"})
_ADDRESS = lazy_pattern(r"(^|_)(URL|URI|DSN|DATABASE)$")
_EXAMPLES = frozenset({"demo", "doc", "docs", "example", "examples", "sample", "samples"})


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    return (finding for finding, _ in secrets(facts, project))


def secrets(facts: FileFacts, project: Project) -> Iterator[tuple[Finding, Span]]:
    """The findings of this check, each with the place of the value."""
    if facts.kind != "python" or is_test(project, facts.path) or _is_shown(project, facts.path):
        return
    reported: list[Span] = []
    values = list(_values(facts, project))
    text = (project.text_of(facts.path) or "") if values else ""
    for name, span, value in values:
        if _is_secret(name, _named(facts, project, value.of(text))):
            reported.append(value)
            yield _finding(facts, name, span), value
    for span, what in project.code.kept_of(
        facts.path, "secrets", None, lambda: list(literals(project.text_of(facts.path) or ""))
    ):
        if not any(value.start <= span.start and span.end <= value.end for value in reported):
            message = f"The code contains {what}: everybody who can read the repository has it"
            yield Finding(NAME, Severity.WARNING, message, facts.path, span), span


def _named(facts: FileFacts, project: Project, value: str) -> str:
    """The expression of a value; if that is a name of the module, what the only assignment assigns to it."""
    if not value.isidentifier():
        return value
    code = Origins(project).code(facts.path)
    found = code.scopes.bindings(value)
    right = found[0].source.child_by_field_name("right") if len(found) == 1 else None
    is_plain = (
        right is not None
        and found[0].how == "assign"
        and right.type in ("string", "parenthesized_expression")
    )
    return code.tree.source(right) if right is not None and is_plain else value


def _values(facts: FileFacts, project: Project) -> Iterator[tuple[str, Span, Span]]:
    """The Flask and Django keys that are set here, and constants that code elsewhere assigns to a key."""
    keys = KeysOf(facts)
    seen: set[Span] = set()
    for name, span, value in keys_with_values(facts):
        seen.add(span)
        if not _is_for_this_machine(keys.object_at(span)) or _is_live(value, facts, project):
            yield name, span, value
    for one in facts.flask.objects:
        if one.name or one.home.path != facts.path:
            continue
        is_django = not _DJANGO.isdisjoint(key.name for key in one.keys)
        for key in one.keys:
            if key.value is None or key.path != facts.path or key.span in seen:
                continue
            if is_django and key.name == "SECRET_KEY" and is_replaced(facts.path, project):
                continue
            if is_django or (names_secret(key.name) and feeds_a_key(key.name, facts.path, project)):
                yield key.name, key.span, key.value


def _is_shown(project: Project, path: str) -> bool:
    """Whether a file is documentation or an example that does not run."""
    return not _EXAMPLES.isdisjoint(project.inner(path).split("/"))


def _is_live(value: Span, facts: FileFacts, project: Project) -> bool:
    """Whether an expression is a literal that opens real accounts or data, also during development."""
    text = text_of_literal(value.of(project.text_of(facts.path) or ""))
    return text is not None and bool(live_kind(text))


def _is_for_this_machine(around: ConfigObject | None) -> bool:
    return around is not None and NOT_PRODUCTION.search(around.name) is not None


def _is_secret(name: str, value: str) -> bool:
    """Whether an expression is a literal, or has a literal default, that looks like a secret."""
    found = _BEFORE.match(value)
    text = text_of_literal(value[found.end() :].rstrip(") \n") if found else value)
    if text is None:
        return False
    if is_known_key(text):
        return True
    if _ADDRESS.search(name):
        return has_password(text)
    return names_secret(name) and is_random(text)


def _finding(facts: FileFacts, name: str, span: Span) -> Finding:
    message = f"The value of {name} is hard-coded: everybody who can read the repository has it"
    return Finding(NAME, Severity.WARNING, message, facts.path, span, Variable("flask", name))


_APP = "from flask import Flask\napp = Flask(__name__)\n"
_RANDOM = "9f2c1e7ab40d58c3e6f1a7b2"

HARDCODED_SECRET = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="The code contains a key or password.",
    what="""\
Three cases. A Flask or Django setting whose name says that it is secret (`SECRET_KEY`, `…_PASSWORD`,
`…_TOKEN`, `…_API_KEY` …) has a literal value that looks random, also as the default of an environment
variable, and also if the literal is in a file that the setting is imported from. A URL (`…_URL`, `…_URI`)
contains a password for a host that is not local. Or a file contains a key in the format of a well-known
service (Amazon, Google, Stripe, GitHub …), or the URL of a database on another machine with a password that looks
generated.
Obvious placeholders (`"dev"`, `"changeme"`, `"your-key"`) and tests are not reported. Classes for development
are reported only for live keys and for the password of a database on another machine.""",
    why="""\
Everybody who has a copy of the repository, now or in the past, can sign sessions or log in. Revoke the
secret and read a new one from the environment; the action “Move to the environment” does the second part.""",
    run=_run,
    about=Subject.PYTHON,
    silent=(
        REPLACED,
        NOT_REAL,
        Example(
            f"{_APP}class DevelopmentConfig:\n    SQLALCHEMY_DATABASE_URI = 'postgresql://shop:h4-rTz8!w@localhost/shop'\n"
            "app.config.from_object(DevelopmentConfig)\n",
            note="a database on this machine",
        ),
        Example(
            "import os\nos.environ.get('A')\ncreate_engine('postgresql://scott:tiger99x@localhost/shop')\n"
            "create_engine('postgresql://user:pass1234@db.shop.io/shop')\n"
            "create_engine(f'postgresql://shop:{load(1)}@db.shop.io/shop')\n# 'mysql://shop:h4rTz8w1@db.shop.io/shop'\n",
            note="a database on this machine, placeholders, and a comment",
        ),
        Example(f"{_APP}app.config['SECRET_KEY'] = 'dev'\n"),
        Example(f"{_APP}app.config['SECRET_KEY'] = 'you-will-never-guess-42'\n"),
        Example(f"{_APP}app.secret_key = 'super secret key 1'\n"),
        Example(
            f"{_APP}app.config['SHOP_PUBLIC_ID'] = '{_RANDOM}'\n", note="the name does not suggest a secret"
        ),
        Example(f"{_APP}import os\napp.config['SECRET_KEY'] = os.environ['SECRET_KEY']\n"),
        Example(f"{_APP}app.config['API_TOKEN_URL'] = 'https://h/9f2c1e7ab40d'\n"),
        Example(
            f"{_APP}class TestConfig:\n    SECRET_KEY = '{_RANDOM}'\napp.config.from_object(TestConfig)\n"
        ),
        Example(f"-- tests/app.py --\n{_APP}app.config['SECRET_KEY'] = '{_RANDOM}'\n"),
        Example(f"SECRET_KEY = '{_RANDOM}'\n", note="not a Flask setting"),
        Example(
            f"{_APP}app.config['API_TOKEN_HEADER'] = b'\\x89PNG\\r\\n\\x1a\\n\\x00\\x00'\n",
            note="bytes of a file format",
        ),
        Example(f"{_APP}key = b'{_RANDOM}'\nkey = load(key)\napp.secret_key = key\n", note="another value"),
        Example(f"{_APP}app.config['MAIL_PASSWORD'] = 'xxxx xxxx xxxx xxxx'\n", note="a placeholder"),
        Example(
            f"{_APP}app.config['SQLALCHEMY_DATABASE_URI'] = 'postgresql://shop:h4-rTz8@localhost/shop'\n"
        ),
        Example(
            f"{_APP}app.config['SQLALCHEMY_DATABASE_URI'] = 'postgresql://postgres:postgres@db.shop.eu/x'\n"
        ),
        Example("-- settings.py --\nINSTALLED_APPS = []\nSECRET_KEY = 'django-insecure-9f2c1e7ab40d'\n"),
        Example(
            f"-- config.py --\nSECRET_KEY = '{_RANDOM}'\n-- app.py --\n{_APP}from config import DEBUG\n"
            "app.config['SECRET_KEY'] = load('SECRET_KEY')\n",
            note="the app uses another value",
        ),
    ),
    examples=(
        Example(
            "import os\nos.environ.get('A')\nengine = create_engine('postgresql://shop:h4-rTz8w1@db.shop.io/shop')\n",
            (
                "app.py:3:25 warning The code contains the password of a database: everybody who can read the repository has it",
            ),
            note="a URL in a call",
        ),
        Example(
            f"{_APP}class DevelopmentConfig:\n"
            "    SQLALCHEMY_DATABASE_URI = 'postgresql://shop:h4-rTz8!w@db.shop.io/shop'\n"
            "app.config.from_object(DevelopmentConfig)\n",
            (
                "app.py:4:5 warning The value of SQLALCHEMY_DATABASE_URI is hard-coded: everybody who can read the repository has it",
            ),
            note="for development, but a database on another machine",
        ),
        Example(
            f"{_APP}app.config['SECRET_KEY'] = '{_RANDOM}'\n",
            (
                "app.py:3:13 warning The value of SECRET_KEY is hard-coded: everybody who can read the repository has it",
            ),
        ),
        Example(
            f"{_APP}app.secret_key = b'{_RANDOM}'\n",
            (
                "app.py:3:5 warning The value of SECRET_KEY is hard-coded: everybody who can read the repository has it",
            ),
        ),
        Example(
            f"{_APP}import os\nclass C:\n    MAIL_PASSWORD = os.environ.get('MAIL_PASSWORD', 'Tr4ub0r-3xw')\n"
            "app.config.from_object(C)\n",
            (
                "app.py:5:5 warning The value of MAIL_PASSWORD is hard-coded: everybody who can read the repository has it",
            ),
        ),
        Example(
            f"{_APP}import os\nclass C:\n    SECRET_KEY = os.environ.get('SECRET_KEY') or \\\n        '{_RANDOM}'\n"
            "app.config.from_object(C)\n",
            (
                "app.py:5:5 warning The value of SECRET_KEY is hard-coded: everybody who can read the repository has it",
            ),
            note="a default in the next line",
        ),
        Example(
            f"{_APP}app.secret_key = b'_5#y2L\"F4Q8z\\n\\xec]/'\n",
            (
                "app.py:3:5 warning The value of SECRET_KEY is hard-coded: everybody who can read the repository has it",
            ),
            note="an example key from the documentation",
        ),
        Example(
            f"{_APP}app.secret_key = b'\\xd5\\xfb\\x8f\\x01{{t\\xc4\\x9e\\x00\\x1e\\xb2w\\x93'\n",
            (
                "app.py:3:5 warning The value of SECRET_KEY is hard-coded: everybody who can read the repository has it",
            ),
            note="the output of os.urandom",
        ),
        Example(
            f"{_APP}key = '{_RANDOM}'\napp.secret_key = key\n",
            (
                "app.py:4:5 warning The value of SECRET_KEY is hard-coded: everybody who can read the repository has it",
            ),
            note="through a name",
        ),
        Example(
            f"{_APP}app.config['SECRET_KEY'] = '9f2abc7ab40d58c3e6f1a7b2'\n",
            (
                "app.py:3:13 warning The value of SECRET_KEY is hard-coded: everybody who can read the repository has it",
            ),
        ),
        Example(
            f"{_APP}app.config['MAIL_PASSWORD'] = 'qpwj zmei vkra tbno'\n",
            (
                "app.py:3:13 warning The value of MAIL_PASSWORD is hard-coded: everybody who can read the repository has it",
            ),
            note="an app password",
        ),
        Example(
            f"{_APP}app.config['SQLALCHEMY_DATABASE_URI'] = 'postgresql://shop:h4-rTz8w@db.shop.eu/shop'\n",
            (
                "app.py:3:13 warning The value of SQLALCHEMY_DATABASE_URI is hard-coded: everybody who can read the repository has it",
            ),
        ),
        Example(
            f"-- config.py --\nSECRET_KEY = '{_RANDOM}'\n-- app.py --\n{_APP}from config import SECRET_KEY\n"
            "app.config['SECRET_KEY'] = SECRET_KEY\n",
            (
                "config.py:1:1 warning The value of SECRET_KEY is hard-coded: everybody who can read the repository has it",
            ),
        ),
        Example(
            f"-- settings.py --\nINSTALLED_APPS = []\nSECRET_KEY = '{_RANDOM}'\n",
            (
                "settings.py:2:1 warning The value of SECRET_KEY is hard-coded: everybody who can read the repository has it",
            ),
        ),
        IN_A_CALL,
        WITHOUT_READS,
        FOR_DEVELOPMENT,
    ),
)
