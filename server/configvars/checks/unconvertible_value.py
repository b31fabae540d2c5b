"""unconvertible-value: the code that reads a value from an env file cannot convert it."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.checks.base import Check
from configvars.checks.converting_libraries import BY_LIBRARIES, ENVIRONS
from configvars.checks.env_values import wrong_values
from configvars.checks.subjects import Subject
from configvars.model import Example, FileFacts, Finding, Severity
from configvars.project import Project

NAME = "unconvertible-value"


def _run(facts: FileFacts, project: Project) -> Iterator[Finding | None]:
    return wrong_values(NAME, facts, project)


_READ = "-- app.py --\nimport os\n"
_DECOUPLE = "-- app.py --\nfrom decouple import config\n"
_PYD = "-- app.py --\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"

UNCONVERTIBLE_VALUE = Check(
    name=NAME,
    severity=Severity.WARNING,
    summary="The code that reads a value from an env file cannot convert it.",
    what="""\
The check reports the line of an env file whose value raises an exception in the code that reads it:
`int(os.environ["PORT"])` with `PORT=80a` or an empty `PORT=`; the same for `json.loads`, `float`,
`Decimal`, `UUID` and the port of Flask's `app.run()`; for the conversions of python-decouple, Starlette,
environs and django-environ (`cast=int`, `env.bool`); for a URL without a scheme in SQLAlchemy's `create_engine`; and for fields of a
pydantic `BaseSettings`, whose lists and dicts must be JSON and whose URLs must have a scheme of their type
(`PostgresDsn`, `RedisDsn`, `HttpUrl` …), or of typed-settings. A field with a `Literal` or an
enum class of the same file, python-decouple's `Choices([…])` and environs' `OneOf([…])` take exactly the strings
that are listed there. The value is read as the library that loads the
file reads it: for python-decouple and Starlette, all of `8 # eight` is the value. In django-environ, a
value that starts with `$` is the name of another variable.
Not reported: exceptions that the code catches (`except ValueError`), values that it tests first (`if
x.isdigit()`), an empty value with a fallback after `or`, and reads in tests.""",
    why="""\
The program stops at startup or at the first request, with an error that mentions the value but not the
variable. Empty values are a common cause: `int(os.environ.get("TIMEOUT", "30"))` raises for `TIMEOUT=`,
because the default is used only if the variable is not set. In django-environ, `Env.escape_proxy = True`
and `\\$` allow a value that starts with `$`. There is no automatic fix, because only you know the intended
value.""",
    run=_run,
    about=Subject.ENV_FILE,
    silent=(
        Example(
            f"-- .env --\nA=\nB=\nC=\n{_READ}def a():\n    raw = os.getenv('A')\n    if not raw:\n        return 5\n"
            "    return int(os.environ['A'])\ndef c():\n    is_number = os.getenv('C', '').isdigit()\n    if not is_number:\n        return 5\n    return int(os.environ['C'])\ndef b():\n    if 'B' not in os.environ:\n        return 5\n"
            "    if os.environ['B'].strip() == '':\n        return 6\n    return int(os.environ['B'])\n",
            note="a test of another read keeps an empty string away",
        ),
        Example(
            f"-- .env --\nA=\nB=\nC=\n{_READ}if 'A' in os.environ and os.environ['A']:\n    int(os.environ['A'])\n"
            "if 'B' in os.environ and b:\n    int(os.environ['B'])\nif 'C' in os.environ:\n    try:\n        int(os.environ['C'])\n    except ValueError:\n        pass\n",
            note="other conditions, and a caught exception",
        ),
        Example(
            f"-- .env --\nA=\nB=\nC=\nD=\nE=\nF=\n{_READ}from helpers import blank\na = os.getenv('A')\nif a is None or blank(a):\n"
            "    a_number = 1\nelse:\n    a_number = int(a)\nb = os.environ['B']\nif len(b) == 0: raise SystemExit\nint(b)\n"
            "c = os.getenv('C')\nif blank(c): raise SystemExit\nint(c)\nd = os.getenv('D')\nmode = None\n"
            "if mode is not None and d is not None:\n    int(d)\ne = os.getenv('E')\nif e is None:\n    pass\nelif mode:\n    pass\n"
            "else:\n    int(e)\ndef number(name):\n    value = os.getenv(name)\n    if not value:\n        return 5\n"
            "    return int(value)\nnumber('F')\n",
            note="a function, another condition or a wrapper may keep an empty string away",
        ),
        Example(
            "-- .env --\nA=postgres://h/x\nB=postgresql+asyncpg://h/x\nC=HTTPS://h\nD=mysql://h/x\nE=mysql://h/x\nF=h\nG=\n"
            "-- app.py --\nfrom pydantic import AnyUrl, HttpUrl, PostgresDsn, RedisDsn as R\n"
            "from pydantic_settings import BaseSettings\nfrom urls import MongoDsn\nclass S(BaseSettings):\n"
            "    a: PostgresDsn\n    b: Optional[PostgresDsn]\n    c: HttpUrl\n    d: PostgresDsn | AnyUrl\n    e: R\n"
            "    f: MongoDsn\n    g: PostgresDsn | None = None\n    model_config = {'env_ignore_empty': True}\n",
            note="URLs with a scheme of their type, and types that are not known to be pydantic's",
        ),
        Example(
            f"-- .env --\nLEVEL=info\nMODE=\n{_PYD}    model_config = {{'env_ignore_empty': True}}\n"
            "    level: Literal['debug', 'info']\n    mode: Optional[Literal['on', 'off']] = None\n"
        ),
        Example(
            f"-- .env --\nLEVEL=INFO\nMODE=x\n{_PYD}    level: Literal['debug', 'info']\n    mode: Literal[MODES]\n"
            "    @field_validator('level', mode='before')\n    def lower(cls, v):\n        return v.lower()\n",
            note="a validator changes it first, and a name in the Literal",
        ),
        Example(
            "-- .env --\nA=b\nB=x\nC=x\nD=1\n-- app.py --\nfrom decouple import Choices, config\n"
            "config('A', cast=Choices(['a', 'b']))\nconfig('B', cast=Choices(MODES))\nconfig('C', cast=Choices(['a', other]))\n"
            "config('D', cast=Choices([1, 2], cast=int))\n",
            note="allowed, or not all choices are known",
        ),
        Example(
            "-- .env --\nA=x\nB=dev\nC=x\n-- app.py --\nfrom enum import Enum, StrEnum, auto\nfrom pydantic_settings import BaseSettings\n"
            "class Loose(Enum):\n    one = 'one'\n    @classmethod\n    def _missing_(cls, value):\n        return cls.one\n"
            "class Mode(str, Enum):\n    dev = 'dev'\nclass Auto(StrEnum):\n    x = auto()\n"
            "class S(BaseSettings):\n    a: Loose\n    b: Mode\n    c: Auto\n",
        ),
        Example(
            f"-- .env --\nPORT=x\n-- .env.prod --\nPORT=80\n{_PYD}    model_config = {{'env_file': ('.env', '.env.prod')}}\n"
            "    port: int\n",
            note="the file that is loaded last wins",
        ),
        Example(
            f"-- .env --\nA=1, 2\nB=\nC=x;y\nD=a=1,b=\n{ENVIRONS}env.list('A', subcast=int)\nenv.list('B', subcast=int)\n"
            "env.list('C', subcast=int, delimiter=';')\nenv.dict('D')\n"
        ),
        Example(
            "-- .env --\nPORT=\n-- shop/settings/cloud.py --\nimport os\nint(os.environ['PORT'])\n",
            note="a settings module that nothing here names",
        ),
        Example(
            f'-- .env --\nA=80\nB= 5 \nC=1.5\nD=8000\nE=\n{_READ}int(os.environ["A"])\nint(os.environ["B"])\nfloat(os.environ["C"])\n'
            'import flask\napp = flask.Flask(__name__)\napp.run(port=os.environ["D"])\napp.run("0.0.0.0", os.environ["E"])\n'
        ),
        Example(
            f'-- .env --\nA=80a\n{_READ}try:\n    int(os.environ["A"])\nexcept ValueError:\n    pass\n',
            note="the exception is caught",
        ),
        Example(
            f'-- .env --\nA=x\n{_READ}a = os.environ["A"]\nif a.isdigit():\n    int(a)\n', note="tested first"
        ),
        Example(
            f'-- .env --\nA=\n{_READ}int(os.environ.get("A") or 30)\n',
            note="`or` replaces an empty value",
        ),
        Example(
            f'-- .env --\nA=\n{_READ}a = os.getenv("A")\nx = int(a) if a else 5\n', note="empty, and tested"
        ),
        Example(f'-- .env --\nA=${{B}}\n{_READ}int(os.environ["A"])\n', note="the value of B is not known"),
        Example('-- .env --\nA=x\n-- test_app.py --\nimport os\nint(os.environ["A"])\n', note="a test"),
        Example('-- .env.example --\nA=\n-- app.py --\nimport os\nint(os.environ["A"])\n', note="a template"),
        Example(
            '-- .env --\nA=5 # five\n-- app.py --\nimport os\nint(os.environ["A"])\n',
            note="python-dotenv ignores the comment",
        ),
        Example(
            f'-- .env --\nA=["x"]\nB={{}}\nC=1\n{_PYD}    a: list[str]\n    b: dict = {{}}\n    c: str | None = None\n'
        ),
        Example(
            "-- .env --\nHOSTS=a,b\n-- app.py --\nfrom pydantic import BaseModel, BaseSettings\nclass Part(BaseModel):\n"
            "    hosts: list[str]\nclass S(Part, BaseSettings):\n    class Config:\n        json_loads = split\nS()\n",
            note="a class sets another function than json.loads",
        ),
        Example(
            "-- .env --\nA=x\nB=$A\n-- app.py --\nimport environ\nenviron.Env.read_env()\nenv = environ.Env()\nenv('B')\n"
        ),
    ),
    examples=(
        *BY_LIBRARIES,
        Example(
            f"-- .env --\nPORT=\n{_READ}def port():\n    if 'PORT' not in os.environ:\n        return 5000\n"
            "    return int(os.environ['PORT'])\n",
            (
                ".env:1:1 warning PORT is empty here, and app.py:5 passes it to int(): this raises an exception",
            ),
            "an empty string is in os.environ",
        ),
        Example(
            f"-- .env --\nA=\nB=\nC=\n{_READ}if 'A' in os.environ:\n    int(os.environ['A'])\nint(os.environ['B']) if 'B' in os.environ else 1\n"
            "def c():\n    if os.environ.get('C') is None:\n        return 5\n    return int(os.environ['C'])\n",
            (
                ".env:1:1 warning A is empty here, and app.py:3 passes it to int(): this raises an exception",
                ".env:2:1 warning B is empty here, and app.py:4 passes it to int(): this raises an exception",
                ".env:3:1 warning C is empty here, and app.py:8 passes it to int(): this raises an exception",
            ),
            note="an empty variable is in os.environ, too",
        ),
        Example(
            f"-- .env --\nA=\nB=\nC=\nD=\nE=x\n{_PYD}    model_config = {{'env_file': '.env', 'env_ignore_empty': True}}\n"
            "    a: str\n    b: int\n    c: int = 1\n    d: str = ''\n    e: Literal['y', 'z']\n",
            (
                ".env:1:1 warning A is empty here, which counts as not set (env_ignore_empty): app.py:4 raises ValidationError",
                ".env:2:1 warning B is empty here, which counts as not set (env_ignore_empty): app.py:5 raises ValidationError",
                ".env:5:1 warning The value of E is not in the Literal at app.py:8: this raises ValidationError",
            ),
            note="an empty value counts as not set",
        ),
        Example(
            "-- .env --\nDATABASE_URL=mysql://db/shop\nCACHE=localhost:6379\nHOME_PAGE=shop.example\nDOCS=\n-- app.py --\n"
            "from pydantic import (\n    HttpUrl,\n    PostgresDsn, RedisDsn,\n)\nfrom pydantic_settings import BaseSettings\n"
            "class S(BaseSettings):\n    database_url: PostgresDsn\n    cache: RedisDsn | None = None\n    home_page: 'HttpUrl'\n"
            "    docs: HttpUrl | None = None\n",
            (
                ".env:1:1 warning DATABASE_URL has a value that cannot be converted: app.py:7 converts it to a PostgresDsn, which raises an exception",
                ".env:2:1 warning CACHE has a value that cannot be converted: app.py:8 converts it to a RedisDsn, which raises an exception",
                ".env:3:1 warning HOME_PAGE has a value that cannot be converted: app.py:9 converts it to an HttpUrl, which raises an exception",
                ".env:4:1 warning DOCS is empty here, and app.py:10 converts it to an HttpUrl: this raises an exception",
            ),
            note="URLs of pydantic",
        ),
        Example(
            "-- .env --\nMODE=Dev\n-- app.py --\nfrom enum import Enum\nfrom pydantic_settings import BaseSettings\n"
            "class Mode(str, Enum):\n    dev = 'dev'\n    prod = 'prod'\nclass S(BaseSettings):\n    mode: Mode = Mode.dev\n",
            (
                ".env:1:1 warning The value of MODE is not in the enum at app.py:7: this raises ValidationError",
            ),
            note="pydantic takes the value of a member, not its name",
        ),
        Example(
            f"-- .env --\nPORT=80\n-- .env.prod --\nPORT=x\n{_PYD}    model_config = {{'env_file': ('.env', '.env.prod')}}\n"
            "    port: int\n",
            (
                ".env.prod:1:1 warning PORT has a value that cannot be converted: app.py:4 converts it to an int, which raises an exception",
            ),
            note="several files of a settings class: the last one wins",
        ),
        Example(
            f"-- .env --\nLEVEL=INFO\nN=1\n{_PYD}    level: Literal['debug', 'info']\n    n: Literal[1, 2]\n",
            (
                ".env:1:1 warning The value of LEVEL is not in the Literal at app.py:3: this raises ValidationError",
                ".env:2:1 warning The value of N is not in the Literal at app.py:4: this raises ValidationError",
            ),
        ),
        Example(
            '-- .env --\nPORT=80a\n-- app.py --\nfrom tools import number\nnumber("PORT")\n-- tools.py --\nimport os\n'
            "def number(name):\n    return int(os.environ[name])\n",
            (
                ".env:1:1 warning PORT has a value that cannot be converted: app.py:2 passes it to int(), which raises an exception",
            ),
            "through a wrapper function",
        ),
        Example(
            f'-- .env --\nPORT=80a\nFLASK=80a\n{_READ}int(os.environ["PORT"])\nimport flask\napp = flask.Flask(__name__)\n'
            'app.run(port=os.environ.get("FLASK", 5000))\n',
            (
                ".env:1:1 warning PORT has a value that cannot be converted: app.py:2 passes it to int(), which raises an exception",
                ".env:2:1 warning FLASK has a value that cannot be converted: app.py:5 passes it to app.run(), which raises an exception",
            ),
        ),
        Example(
            f'-- .env --\nTIMEOUT=\n{_READ}TIMEOUT = int(os.environ.get("TIMEOUT", "30"))\n',
            (
                ".env:1:1 warning TIMEOUT is empty here, and app.py:2 passes it to int(): this raises an exception, because the default is used only if the variable is not set",
            ),
            "the default is not used for an empty value",
        ),
        Example(
            f"-- .env --\nA=\nB=\nC=\nD=\n{_READ}a = os.getenv('A')\nint(a) if a is not None else 10\nb = os.getenv('B')\n"
            "if b is None:\n    n = 10\nelse:\n    n = int(b)\nif (c := os.getenv('C')) is not None:\n    int(c)\n"
            "def number(name):\n    value = os.getenv(name)\n    if value is None:\n        return 5\n    return int(value)\n"
            "number('D')\n",
            (
                ".env:1:1 warning A is empty here, and app.py:2 passes it to int(): this raises an exception",
                ".env:2:1 warning B is empty here, and app.py:4 passes it to int(): this raises an exception",
                ".env:3:1 warning C is empty here, and app.py:9 passes it to int(): this raises an exception",
                ".env:4:1 warning D is empty here, and app.py:16 passes it to int(): this raises an exception",
            ),
            "a comparison with None is no test for an empty value",
        ),
        Example(
            f"-- .env --\nHOSTS=a,b\n{_PYD}    hosts: list[str]\n",
            (
                ".env:1:1 warning HOSTS has a value that cannot be converted: app.py:3 declares a list or dict, which pydantic-settings parses as JSON, which raises an exception",
            ),
            "pydantic expects JSON",
        ),
        Example(
            f"-- .env --\nWORKERS=4 # four\n{_DECOUPLE}config('WORKERS', cast=int)\n",
            (
                ".env:1:1 warning python-decouple reads the comment after WORKERS as part of the value, and app.py:2 converts it to an int: this raises an exception",
            ),
            "python-decouple reads the comment as part of the value",
        ),
        Example(
            "-- .env --\nKEY='$xyz'\n-- app.py --\nimport environ\nenviron.Env.read_env()\nenv = environ.Env()\nenv('KEY')\n",
            (
                ".env:1:1 warning django-environ reads this value, which starts with $, as the name of another variable, which is not set: app.py:4 raises ImproperlyConfigured",
            ),
            "django-environ looks for a variable of that name",
        ),
    ),
)
