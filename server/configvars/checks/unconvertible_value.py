"""unconvertible-value: a line of an env file whose value the code that reads it cannot convert."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.env_values import wrong_values
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project

NAME = "unconvertible-value"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding]:
    return wrong_values(NAME, facts, project)


_READ = "-- app.py --\nimport os\n"
_DECOUPLE = "-- app.py --\nfrom decouple import config\n"
_PYD = "-- app.py --\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"

UNCONVERTIBLE_VALUE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="A value in an env file that the code which reads it cannot convert.",
    what="""\
Told, at the line, is a value on which the code that reads it raises: `int(os.environ["PORT"])` and `PORT=80a` or an
empty `PORT=`; `json.loads`, `float`, `Decimal`, `UUID`; what python-decouple, Starlette, environs and django-environ
convert (`cast=int`, `env.bool`); an address without a scheme for SQLAlchemy's `create_engine`; fields of a pydantic `BaseSettings`, whose lists and dicts must be JSON. The value is
taken as the library that reads the file takes it: for python-decouple and Starlette `8 # eight` is all value. Under
django-environ a value that begins with `$` is the name of another variable.

Not told is what the code catches (`except ValueError`) or asks before (`if x.isdigit()`), an empty value where `or`
gives another, and what tests read.""",
    why="""\
The program stops at its start, or at the first request, with an error that names the value and not the variable.
An empty value is the usual trap: `int(os.environ.get("TIMEOUT", "30"))` raises on `TIMEOUT=`, since the default is only
for an absent variable. Under django-environ, `Env.escape_proxy = True` and `\\$` give a value that begins with `$`. There is
no fix to offer: which value was meant nobody but you knows.""",
    run=_run,
    silent=(
        Example(
            f'-- .env --\nA=80\nB= 5 \nC=1.5\n{_READ}int(os.environ["A"])\nint(os.environ["B"])\nfloat(os.environ["C"])\n'
        ),
        Example(
            f'-- .env --\nA=80a\n{_READ}try:\n    int(os.environ["A"])\nexcept ValueError:\n    pass\n',
            note="caught",
        ),
        Example(
            f'-- .env --\nA=x\n{_READ}a = os.environ["A"]\nif a.isdigit():\n    int(a)\n', note="asked before"
        ),
        Example(
            f'-- .env --\nA=\n{_READ}int(os.environ.get("A") or 30)\n',
            note="`or` stands in for an empty value",
        ),
        Example(
            f'-- .env --\nA=\n{_READ}a = os.getenv("A")\nx = int(a) if a else 5\n', note="empty, and tested"
        ),
        Example(f'-- .env --\nA=${{B}}\n{_READ}int(os.environ["A"])\n', note="what B is nobody knows here"),
        Example('-- .env --\nA=x\n-- test_app.py --\nimport os\nint(os.environ["A"])\n', note="a test"),
        Example('-- .env.example --\nA=\n-- app.py --\nimport os\nint(os.environ["A"])\n', note="a template"),
        Example(
            '-- .env --\nA=5 # five\n-- app.py --\nimport os\nint(os.environ["A"])\n',
            note="python-dotenv drops it",
        ),
        Example(
            f'-- .env --\nA=["x"]\nB={{}}\nC=1\n{_PYD}    a: list[str]\n    b: dict = {{}}\n    c: str | None = None\n'
        ),
        Example(
            "-- .env --\nA=x\nB=$A\n-- app.py --\nimport environ\nenviron.Env.read_env()\nenv = environ.Env()\nenv('B')\n"
        ),
    ),
    examples=(
        Example(
            '-- .env --\nPORT=80a\n-- app.py --\nfrom tools import number\nnumber("PORT")\n-- tools.py --\nimport os\n'
            "def number(name):\n    return int(os.environ[name])\n",
            (
                ".env:1:1 warning PORT has a value that cannot be converted: app.py:2 hands it to int(), and that raises",
            ),
            "through a function of one's own",
        ),
        Example(
            f'-- .env --\nPORT=80a\n{_READ}int(os.environ["PORT"])\n',
            (
                ".env:1:1 warning PORT has a value that cannot be converted: app.py:2 hands it to int(), and that raises",
            ),
        ),
        Example(
            f'-- .env --\nTIMEOUT=\n{_READ}TIMEOUT = int(os.environ.get("TIMEOUT", "30"))\n',
            (
                ".env:1:1 warning TIMEOUT is empty here, and app.py:2 hands it to int(): that raises, and the default stands in for an absent variable alone",
            ),
            "the default is for an absent variable alone",
        ),
        Example(
            f"-- .env --\nHOSTS=a,b\n{_PYD}    hosts: list[str]\n",
            (
                ".env:1:1 warning HOSTS has a value that cannot be converted: app.py:3 declares a list or dict, which pydantic-settings reads as JSON, and that raises",
            ),
            "pydantic wants JSON",
        ),
        Example(
            f"-- .env --\nWORKERS=4 # four\n{_DECOUPLE}config('WORKERS', cast=int)\n",
            (
                ".env:1:1 warning python-decouple takes the comment behind WORKERS for a part of the value, and app.py:2 converts it to an int: that raises",
            ),
            "python-decouple knows no comments behind a value",
        ),
        Example(
            "-- .env --\nKEY='$xyz'\n-- app.py --\nimport environ\nenviron.Env.read_env()\nenv = environ.Env()\nenv('KEY')\n",
            (
                ".env:1:1 warning django-environ takes this value, which begins with $, for the name of another variable. Nothing gives that one: app.py:4 raises ImproperlyConfigured",
            ),
            "django-environ looks for a variable of that name",
        ),
    ),
)
