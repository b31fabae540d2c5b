"""changing-secret-key: each process generates its own key for signing sessions."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.auxiliary import is_auxiliary
from configvars.checks.base import Check
from configvars.checks.subjects import Subject
from configvars.flask.apps import effective_apps
from configvars.flask.effective import EffectiveApp, Giving
from configvars.flask.servers import many_processes
from configvars.model import Example, FileFacts, Finding, Severity, Variable
from configvars.project import Project

NAME = "changing-secret-key"
_SIGNING = ("SECRET_KEY", "JWT_SECRET_KEY", "WTF_CSRF_SECRET_KEY", "SECURITY_PASSWORD_SALT")


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    made = project.answered_for(facts.path, "keys made anew", lambda: _all_made_anew(project))
    if facts.kind != "python" or not made or is_auxiliary(project, facts):
        return
    # The name of a field that a settings class also takes from the environment: the value is its default.
    seen = {each.span for each in facts.references if each.variable.scope == "env"}
    for app, giving in made:
        if giving.span not in seen:
            seen.add(giving.span)
            yield _finding(project, app, giving)


def _all_made_anew(project: Project) -> dict[str, list[tuple[EffectiveApp, Giving]]]:
    found: dict[str, list[tuple[EffectiveApp, Giving]]] = {}
    for app in effective_apps(project):
        for giving in _made_anew(app):
            found.setdefault(giving.path, []).append((app, giving))
    return found


def _made_anew(app: EffectiveApp) -> Iterator[Giving]:
    """The steps that set a key to a random value, if no other step and no prefix can override them."""
    for name in _SIGNING:
        outcomes = app.outcomes(name)
        if outcomes and not app.prefixes and all(giving.made_anew for giving in outcomes):
            yield outcomes[-1]


def _finding(project: Project, app: EffectiveApp, giving: Giving) -> Finding:
    file = many_processes(project, app.path)
    if file is None:
        severity, what = Severity.INFORMATION, "every restart of the app ends all sessions"
    else:
        severity = Severity.WARNING
        what = f"the processes that {project.relative(file)} starts do not accept each other's sessions"
    message = f"{giving.name} differs in each process: {what}"
    return Finding(NAME, severity, message, giving.path, giving.span, Variable("flask", giving.name))


_APP = "-- app.py --\nimport os, secrets\nfrom flask import Flask\napp = Flask(__name__)\n"
_PROCFILE = "-- Procfile --\nweb: gunicorn app:app\n"

CHANGING_SECRET_KEY = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="Each process generates its own key for signing sessions.",
    what="""\
`SECRET_KEY`, `JWT_SECRET_KEY`, `WTF_CSRF_SECRET_KEY` or `SECURITY_PASSWORD_SALT` is always set to a random
value (`os.urandom`, `secrets.token_hex`, `uuid4`, `Fernet.generate_key`, `random.choices` without `seed`), also in a function of the
same file, and nothing else in the app's
configuration can replace it. This is a warning if a file of the project starts gunicorn, uWSGI or a similar
server, which may have several processes (not with `-w 1` or `--preload`; outside a Procfile only if the command has
an option for workers or a configuration file, or WEB_CONCURRENCY is set); otherwise it is information. A random
value that is only the fallback for an environment variable is not reported.""",
    why="""\
Every worker and every dyno has a different key. A user who logged in through one process is logged out when
the next request reaches another, and form submissions fail at random. Every restart (on Heroku at least
once a day) ends all sessions. Generate the key once and store it in an environment variable.""",
    run=_run,
    about=Subject.PYTHON,
    silent=(
        Example(
            "-- config.py --\nimport secrets\nfrom pydantic_settings import BaseSettings\n"
            "class Settings(BaseSettings):\n    SECRET_KEY: str = secrets.token_hex(32)\n"
            "-- app.py --\nfrom flask import Flask\nfrom config import Settings\napp = Flask(__name__)\n"
            "app.config.from_object(Settings())\n",
            note="the environment may set it",
        ),
        Example(f"{_PROCFILE}{_APP}app.secret_key = os.environ.get('SECRET_KEY') or os.urandom(24)\n"),
        Example(f"{_PROCFILE}{_APP}app.secret_key = os.environ['SECRET_KEY']\n"),
        Example(
            f"{_PROCFILE}{_APP}import random\nrandom.seed(7)\napp.secret_key = str(random.random())\n",
            note="the same number in each process",
        ),
        Example(
            f"{_PROCFILE}{_APP}def key():\n    if os.path.exists('key'):\n        return open('key').read()\n"
            "    return secrets.token_hex()\napp.secret_key = key()\n",
            note="kept in a file",
        ),
        Example(
            f"{_PROCFILE}{_APP.replace('app.py', 'scripts/seed.py')}app.secret_key = os.urandom(24)\n",
            note="a script that runs once",
        ),
        Example(
            f"{_PROCFILE}{_APP}app.config['SALT'] = os.urandom(24)\n",
            note="a key that does not sign sessions",
        ),
        Example(f"{_APP}app.secret_key = os.urandom(24)\napp.config.from_prefixed_env()\n", note="a default"),
        Example(
            f"{_APP}class Test:\n    SECRET_KEY = os.urandom(24)\nclass Live:\n    SECRET_KEY = 'x'\n"
            "app.config.from_object(Live)\n",
            note="a class that is not loaded",
        ),
    ),
    examples=(
        Example(
            f"{_APP}import random, string\napp.secret_key = ''.join(random.choice(string.digits) for _ in range(32))\n",
            (
                "app.py:5:5 information SECRET_KEY differs in each process: every restart of the app ends all sessions",
            ),
        ),
        Example(
            f"{_PROCFILE}{_APP}def key():\n    made = secrets.token_hex()\n    return made\napp.secret_key = key()\n",
            (
                "app.py:7:5 warning SECRET_KEY differs in each process: the processes that Procfile starts do not accept each other's sessions",
            ),
            note="made in a function",
        ),
        Example(
            f"{_PROCFILE}{_APP}app.secret_key = os.urandom(24)\n",
            (
                "app.py:4:5 warning SECRET_KEY differs in each process: the processes that Procfile starts do not accept each other's sessions",
            ),
        ),
        Example(
            f"{_PROCFILE}{_APP}class Config:\n    SECRET_KEY = secrets.token_hex()\napp.config.from_object(Config)\n",
            (
                "app.py:5:5 warning SECRET_KEY differs in each process: the processes that Procfile starts do not accept each other's sessions",
            ),
        ),
        Example(
            f"-- compose.yaml --\nservices:\n  web:\n    command: sh -c 'gunicorn app:app'\n{_APP}app.secret_key = os.urandom(24)\n",
            (
                "app.py:4:5 information SECRET_KEY differs in each process: every restart of the app ends all sessions",
            ),
            note="gunicorn has one worker by default",
        ),
        Example(
            f"-- compose.yaml --\nservices:\n  web:\n    command: gunicorn -w 4 app:app\n{_APP}app.secret_key = os.urandom(24)\n",
            (
                "app.py:4:5 warning SECRET_KEY differs in each process: the processes that compose.yaml starts do not accept each other's sessions",
            ),
        ),
        Example(
            f"{_APP}app.config['SECRET_KEY'] = str(os.urandom(24))\n",
            (
                "app.py:4:13 information SECRET_KEY differs in each process: every restart of the app ends all sessions",
            ),
        ),
    ),
    of_all_files=True,
)
