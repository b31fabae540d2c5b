"""empty-variable: an env file sets a variable to an empty value, but the code needs a value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from configvars.checks import fixes
from configvars.checks.base import Check
from configvars.checks.conditions import Conditions
from configvars.checks.env_values import wrong_lines
from configvars.checks.judge_empty import is_wrong, told
from configvars.checks.later_tests import LaterTests
from configvars.checks.local_values import best_first, fill_in
from configvars.checks.reached import Lines, Reached
from configvars.checks.subjects import Subject
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project
from configvars.text import Span

NAME = "empty-variable"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    lines = Lines(facts, project)
    conditions = cache(lambda path: Conditions(lambda: project.tree_of(path)))
    tests = cache(lambda path: LaterTests(project.tree_of(path)))
    empty: dict[Span, list[Reached]] = {}
    for reached in lines.reached():
        yield None
        if (
            reached is not None
            and reached.facts
            and all(value.is_empty for value in reached.facts)
            and is_wrong(reached, conditions(reached.path), tests(reached.path), project)
        ):
            empty.setdefault(reached.definition.span, []).append(reached)
    spoken_of = (yield from wrong_lines(facts, project)) if empty else frozenset[Span]()
    for span, reads in empty.items():
        if span not in spoken_of:
            yield _finding(reads, lines, facts.path, project)


def _finding(reads: list[Reached], lines: Lines, path: str, project: Project) -> Finding:
    variable, span = reads[0].definition.variable, reads[0].definition.span
    judged = [(*told(read, project), read) for read in reads]
    severity, why, read = min(judged, key=lambda one: one[0].rank)
    place = lines.place(read.path, read.reference)
    message = f"{variable.name} is empty; {place} reads an empty string"
    if why:
        message = f"{variable.name} is empty; {why} ({place})"
    pulls, filling = fixes.pull_value(project, variable.name, path), fill_in(project, variable.name, path)
    offered = tuple(best_first(project, variable.name, path, pulls, filling))
    return Finding(NAME, severity, message, path, span, variable, offered)


_APP = "-- app.py --\nimport os\n"
_REDIS = f"{_APP}import redis\n"
_PYDANTIC = (
    "-- settings.py --\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"
    "    model_config = {'env_file': '.env'}\n"
)
_FLASK = "-- app.py --\nimport os\nfrom flask import Flask, session\napp = Flask(__name__)\n"

EMPTY_VARIABLE = Check(
    name=NAME,
    severity=Severity.INFORMATION,
    summary="An env file sets a variable that the code needs to an empty value.",
    what="""\
A line `NAME=` in an env file, and code that needs the variable: it reads it without a default, and does not test whether
the string is empty. The program does not fail at the read, because the variable is set; it continues with an empty string.
The severity is warning where something is known to fail with an empty string: the code tests the string and then raises,
exits or asserts (`if not key: raise …`, `if not app.config["KEY"]: raise …`), a library raises an exception for it
(`redis.from_url("")`), or Flask's sessions have no `SECRET_KEY`. In scripts, tools, examples and vendored code, and in a class for
production if the project has one for development, a failing test is information.

Not reported: templates; tests; code under a flag that may be off; and code that tests the string (`if os.environ["A"]:`),
compares it and continues, searches or filters the parts into which it splits it, makes an empty list of it
(`os.environ["A"].split()`), passes it to a function of the same file that does so, tests only for `None`
(`if key is None: raise …`), or falls back to something else (`os.environ["A"] or "x"`). For an empty string that cannot be
converted, as in `int("")`, see `unconvertible-value`.""",
    why="""\
"Add NAME to .env" and a copied template leave `NAME=`. If nobody fills it in, mail is sent with an empty password or a
request goes to an empty host. Pull the value from Heroku, fill it in, or delete the line, so that the code reports
that the variable is missing.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example(
            "-- .env --\nTEST_DATABASE_URL=\n-- app.py --\nimport os\nfrom flask import Flask\n"
            "from flask_sqlalchemy import SQLAlchemy\nclass TestingConfig:\n"
            "    SQLALCHEMY_DATABASE_URI = os.getenv('TEST_DATABASE_URL')\napp = Flask(__name__)\n"
            "app.config.from_object(TestingConfig)\nSQLAlchemy(app)\n",
            note="only for tests",
        ),
        Example(
            f'-- .env --\nA=\nB=\n{_APP}int(os.environ["A"]), int(os.environ["B"])\n',
            note="`unconvertible-value` reports both lines",
        ),
        Example(
            f'-- .env --\nA=\nB=\nC=\nD=\nE=\nF=\nG=1\n{_APP}a = os.environ["A"].lower() in ("1", "true")\n'
            'b = os.environ["B"]\nif b != "": pass\nc = len(os.environ["C"])\nif os.environ["D"]: pass\n'
            'd = os.environ["D"] or "x"\ne = os.environ["E"].split()\nos.environ["G"]\n'
            'f = [x for x in os.environ["F"].split(",") if x]\n',
            note="compared, counted, tested, split into nothing, or into parts that are filtered",
        ),
        Example(
            f'-- .env --\nA=\nB=\nC=\nD=\nE=\nF=\n{_APP}a = os.environ["A"]\nif not a: a = "x"\n'
            'b, c = os.environ["B"].strip(), os.environ["C"]\nb = b or "x"\nc = c if c else "x"\n'
            'keys = {"D": os.environ["D"]}\nif not keys["D"]: keys["D"] = "x"\nclass E:\n    def __init__(self):\n'
            '        self.e = os.environ["E"]\n        if self.e == "": self.e = "x"\n'
            'def f():\n    return os.environ["F"]\nf1 = f() or "x"\n',
            note="tested under a name, a key or an attribute that gets another value",
        ),
        Example(
            f"-- .env --\nA=\nB=\n{_APP}def make(key):\n    if not key: return None\nmake(os.environ['A'])\n"
            "def f():\n    raw = os.getenv('B')\n    if not raw: return None\n    return os.environ['B']\n",
            note="a function gets the string and tests it, or another read is tested",
        ),
        Example(
            f'-- .env --\nA=\nB=\nC=\nD=\nE=\n{_APP}a = os.environ["A"]\nif not a.strip(): print("none")\n'
            'b = os.environ.get("B")\nif b in ("x", "y"): raise RuntimeError\n'
            'c = os.environ.get("C")\nif c not in ("x", "y"): raise RuntimeError\n'
            'd = os.environ["D"]\nif len(d) > 0 and d.strip() != d: raise RuntimeError\n'
            'e = os.environ["E"]\nif e.removeprefix("x") == "y" or len(e) < 8: raise RuntimeError\n',
            note="tested, refused for other reasons, or with a test that is not known",
        ),
        Example(
            f"-- .env --\nA=\nB=\nC=\nD=\n{_FLASK}app.config['A'] = os.environ.get('A') or 'x'\n"
            "if not app.config['A']: raise RuntimeError\napp.config['B'] = os.environ.get('B')\n"
            "if app.config['B']: raise RuntimeError\napp.config['C'] = os.environ.get('C')\n"
            "if app.config['C'] is None: raise RuntimeError\napp.config['D'] = os.environ.get('D')\n"
            "if app.debug and not app.config['D']: raise RuntimeError\n",
            note="keys of Flask that have a default, may be empty, or are tested under a condition",
        ),
        Example(
            f'-- .env --\nA=\n{_APP}a = os.environ.get("A")\nif a is None: raise RuntimeError\nif a: print(a)\n'
            'b = os.environ.get("A")\nif b is not None: raise RuntimeError\n',
            note="tested for None only, or refused when it is set",
        ),
        Example(
            f"-- .env --\nA=\nB=1\nUSE=1\n-- settings.py --\nUSE_S3 = False\n{_APP}import settings\n"
            'if settings.USE_S3:\n    a = os.environ.get("A")\n    if not a: raise RuntimeError\n'
            'if os.environ.get("USE"):\n    b = os.environ.get("A", "x")\n    if not b: raise RuntimeError\n'
            'if not os.environ.get("A") and not os.environ.get("B"): raise RuntimeError\n',
            note="under a flag or another variable, or one of two is enough",
        ),
        Example(
            f'-- .env --\nA=\n{_APP}def of(name):\n    return os.environ[name] or "x"\n'
            "def filled(name):\n    value = os.environ.get(name)\n    if not value:\n        value = 'x'\n    return value\n"
            "def perhaps(name, required):\n    value = os.environ.get(name)\n"
            "    if required and not value: raise RuntimeError\n    return value\n"
            'a, b, c = of("A"), filled("A"), perhaps("A", False)\nif not a or not b: raise RuntimeError\n',
            note="wrappers that replace an empty string, or that the caller tells to accept it",
        ),
        Example(
            f'-- .env --\nA=\nB=\nC=\nD=\n{_REDIS}try:\n    a = redis.from_url(os.environ["A"])\n'
            'except ValueError:\n    a = None\nb = os.environ["B"]\nif b:\n    redis.from_url(b)\n'
            'c = redis.from_url(os.environ["C"] or "redis://localhost")\nd = redis.Redis(password=os.getenv("D"))\n',
            note="the exception of the library is caught, or it does not get the empty string",
        ),
        Example(
            f'-- .env --\nA=\n{_APP}def read():\n    try:\n        a = os.environ.get("A")\n'
            "        if not a: raise ValueError\n        return a\n    except ValueError:\n        return 'x'\n",
            note="the exception is caught",
        ),
        Example(
            f"-- .env --\nA=\n{_APP}url = f\"postgres://app:{{os.getenv('A')}}@localhost/shop\"\n",
            note="a part of a URL that may be empty",
        ),
        Example(
            f"-- .env --\nA=\n-- settings.py --\nUSE_S3 = False\n{_APP}import settings\n"
            'if settings.USE_S3:\n    os.environ["A"]\n',
            note="a feature that a flag turns on",
        ),
        Example(f'-- .env.example --\nA=\n{_APP}os.environ["A"]\n', note="a template"),
        Example('-- .env --\nA=\n-- test_app.py --\nimport os\nos.environ["A"]\n', note="a test"),
        Example(f'-- .env --\nA=\n{_APP}if os.getenv("A"): pass\nx = os.getenv("A")\n', note="optional"),
        Example(f'-- .env --\nA=\n{_APP}os.environ.get("A", "x").split(",")\n', note="with a default"),
        Example(f'-- .env --\nA=\n{_PYDANTIC}    a: str = ""\n', note="with a default"),
        Example(
            f"-- .env --\nA=\n{_PYDANTIC}    a: str\n    @field_validator('a')\n    def _a(cls, v): return v or 'x'\n",
            note="a validator may replace it",
        ),
    ),
    examples=(
        Example(
            f'-- .env --\nA=\nB=\n{_APP}mail(os.environ["A"])\nhosts = os.environ["B"].split(",")\n',
            (
                ".env:1:1 information A is empty; app.py:2 reads an empty string",
                ".env:2:1 information B is empty; app.py:3 reads an empty string",
            ),
        ),
        Example(
            f'-- .env --\nA=\n{_APP}def send():\n    key = os.environ["A"]\n    mail(key)\n    key = 1\n'
            "def other(key):\n    if not key: key = 2\n",
            (".env:1:1 information A is empty; app.py:3 reads an empty string",),
            "what other functions test under the same name does not count",
        ),
        Example(
            f"-- .env --\nA=\n{_PYDANTIC}    a: str\n",
            (".env:1:1 information A is empty; settings.py:4 reads an empty string",),
            "a field of a settings class",
        ),
        Example(
            f'-- .env --\nSECRET_KEY=\n{_FLASK}app.secret_key = os.environ.get("SECRET_KEY")\nsession["a"] = 1\n',
            (
                ".env:1:1 warning SECRET_KEY is empty; without SECRET_KEY in app.config, the session cannot be written to (RuntimeError) (app.py:4)",
            ),
            "Flask's sessions fail without it",
        ),
        Example(
            f'-- .env --\nA=\n{_APP}a = os.environ.get("A")\nif not a:\n    raise RuntimeError("A is not set")\n',
            (".env:1:1 warning A is empty; this code fails without a value (app.py:2)",),
            "the code tests the string, and raises",
        ),
        Example(
            "-- .env --\nA=\nB=\nC=\nD=\nE=\nF=\n-- app.py --\nimport os, sys\nfor name in ('A', 'G'):\n"
            "    if not os.environ.get(name): sys.exit(name)\nassert os.environ['B']\nc = os.getenv('C') or exit(1)\n"
            "d = os.environ['D']\nif d == '': raise RuntimeError\ne = os.getenv('E', 'x')\nif not e: raise RuntimeError\n"
            "f = os.getenv('F')\nif not all([f, d]): raise RuntimeError\n",
            (
                ".env:1:1 warning A is empty; this code fails without a value (app.py:3)",
                ".env:2:1 warning B is empty; this code fails without a value (app.py:4)",
                ".env:3:1 warning C is empty; this code fails without a value (app.py:5)",
                ".env:4:1 warning D is empty; this code fails without a value (app.py:6)",
                ".env:5:1 warning E is empty; this code fails without a value (app.py:8)",
                ".env:6:1 warning F is empty; this code fails without a value (app.py:10)",
            ),
            "a loop, `assert`, `or`, a comparison, a default that an empty value does not get, `all`",
        ),
        Example(
            "-- .env --\nA=\nB=\nC=\nD=\nE=\n-- app.py --\nimport os\na = os.environ['A']\n"
            "if not a.strip(): raise RuntimeError\nb = os.environ.get('B')\nif b in (None, ''): raise RuntimeError\n"
            "c = os.environ['C']\nif len(c) == 0: raise RuntimeError\nd = os.environ.get('D')\n"
            "if d is None or d.strip().lower() == '': raise RuntimeError\ne = os.environ['E']\n"
            "if not len(e): raise RuntimeError\n",
            (
                ".env:1:1 warning A is empty; this code fails without a value (app.py:2)",
                ".env:2:1 warning B is empty; this code fails without a value (app.py:4)",
                ".env:3:1 warning C is empty; this code fails without a value (app.py:6)",
                ".env:4:1 warning D is empty; this code fails without a value (app.py:8)",
                ".env:5:1 warning E is empty; this code fails without a value (app.py:10)",
            ),
            "without spaces, one of several values, a length",
        ),
        Example(
            "-- .env --\nA=\nB=\n-- config.py --\nimport os\nclass Config:\n    A = os.environ.get('A')\n"
            "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"
            "app.config.from_object('config.Config')\nif not app.config['A']: raise RuntimeError\n"
            "app.config['B'] = os.environ['B']\nassert app.config.get('B')\n",
            (
                ".env:1:1 warning A is empty; app.py:5 fails if A is empty in app.config (config.py:3)",
                ".env:2:1 warning B is empty; app.py:7 fails if B is empty in app.config (app.py:6)",
            ),
            "the code tests the key of Flask's configuration",
        ),
        Example(
            f"-- .env --\nA=\nB=\n{_APP}def need(name, required=True):\n    value = os.environ.get(name)\n"
            "    if required and not value: raise RuntimeError(name)\n    return value\ndef get(name):\n"
            '    return os.environ[name]\na = need("A")\nif not (b := get("B")): raise RuntimeError\n',
            (
                ".env:1:1 warning A is empty; this code fails without a value (app.py:8)",
                ".env:2:1 warning B is empty; this code fails without a value (app.py:9)",
            ),
            "wrappers",
        ),
        Example(
            f'-- .env --\nA=\nB=\n{_REDIS}a = redis.from_url(os.environ["A"])\nurl = os.getenv("B")\n'
            "def connect():\n    return redis.from_url(url)\nb = redis.from_url(url)\n",
            (
                ".env:1:1 warning A is empty; this code fails without a value (app.py:3)",
                ".env:2:1 warning B is empty; this code fails without a value (app.py:4)",
            ),
            "a library that raises an exception for an empty string",
        ),
        Example(
            "-- .env --\nA=\n-- scripts/send.py --\nimport os\nassert os.getenv('A')\n",
            (".env:1:1 information A is empty; this code fails without a value (scripts/send.py:2)",),
            "in a script",
        ),
        Example(
            "-- .env --\nA=\n-- config.py --\nimport os\nclass DevelopmentConfig:\n    KEY = 'x'\n"
            "class ProductionConfig:\n    KEY = os.environ.get('A') or exit('A is empty')\n-- app.py --\n"
            "from flask import Flask\nimport config\napp = Flask(__name__)\napp.config.from_object(config.DevelopmentConfig)\n",
            (
                ".env:1:1 information A is empty; this code fails without a value if ProductionConfig is used (config.py:5)",
            ),
            "in a class for production",
        ),
        Example(
            "-- .env --\nDJANGO_KEY=\n-- shop/settings.py --\nimport os\nINSTALLED_APPS = []\n"
            'SECRET_KEY = os.environ["DJANGO_KEY"]\n',
            (
                ".env:1:1 warning DJANGO_KEY is empty; Django does not start with an empty SECRET_KEY (shop/settings.py:3)",
            ),
        ),
    ),
    of_all_files=False,
)
