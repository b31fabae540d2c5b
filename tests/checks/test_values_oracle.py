"""What the checks of values report about a line of an env file, compared with what a program does with it."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.checks.default_of_another_type import DEFAULT_OF_ANOTHER_TYPE
from configvars.checks.string_truthiness import STRING_TRUTHINESS
from configvars.checks.text_config_value import TEXT_CONFIG_VALUE
from configvars.checks.unconvertible_value import UNCONVERTIBLE_VALUE
from support.fixtures import Fixture
from support.projects import opened

pytestmark = pytest.mark.slow

CHILD = Path(__file__).parents[1] / "support" / "value_child.py"
VALUES = [
    *("", "80", "80a", "80 # c", "'80'", "  7 ", "-3", "1.5", "1_000", "nan", "true", "True", "TRUE", "yes"),
    *("on", "t", "1", "0", "false", "False", "no", "off", "off # c", "[1]", "'{\"x\": 1}'", "a,b", '"8"'),
    *("$NONE", "2", "null", "debug", "Warning", "a=1", "6fa459ea-ee8a-3ca4-894e-db77e160355e"),
]
LINES = [f"USE_A={value}" for value in VALUES]
DOTENV = "from dotenv import load_dotenv\nload_dotenv(FILE)\nimport os\n"
FLASK = f"{DOTENV}from flask import Flask\napp = Flask('app')\n"
DECOUPLE = "from decouple import Config, RepositoryEnv\nconfig = Config(RepositoryEnv(FILE))\n"
STARLETTE = "from starlette.config import Config\nconfig = Config(FILE)\n"
ENVIRONS = "from environs import Env\nenv = Env()\nenv.read_env(FILE, recurse=False)\n"
PYDANTIC = "from pydantic_settings import BaseSettings, SettingsConfigDict\nclass S(BaseSettings):\n"
PYDANTIC += "    model_config = SettingsConfigDict(env_file=FILE)\n"
TYPED = (
    f"{DOTENV}from typing import Literal\nimport typed_settings as ts\n@ts.settings\nclass S:\n"
    "    a: {}\nts.load(S, 'use')"
)
ENVIRON = "import environ\nenviron.Env.read_env(FILE)\nenv = environ.Env()\n"

CONVERSIONS = {
    "int": f"{DOTENV}int(os.environ['USE_A'])",
    "int with a default": f"{DOTENV}int(os.environ.get('USE_A', 5))",
    "int or": f"{DOTENV}int(os.getenv('USE_A') or 5)",
    "int if it is set": f"{DOTENV}x = os.getenv('USE_A')\ny = int(x) if x else 5",
    "int of a name": f"{DOTENV}x = os.getenv('USE_A', '5')\ny = int(x.strip())",
    "int, caught": f"{DOTENV}try:\n    int(os.environ['USE_A'])\nexcept ValueError:\n    pass",
    "int below a return": f"{DOTENV}def f():\n    if 'USE_A' not in os.environ:\n        return 5\n"
    "    return int(os.environ['USE_A'])\nf()",
    "int of a name below an exit": f"{DOTENV}if 'USE_A' not in os.environ:\n    raise SystemExit\n"
    "x = os.environ['USE_A']\ny = int(x)",
    "int below an assert": f"{DOTENV}assert 'USE_A' in os.environ\nint(os.environ['USE_A'])",
    "int below a return for an empty value": f"{DOTENV}def f():\n    if 'USE_A' not in os.environ:\n"
    "        return 5\n    if os.environ['USE_A'] == '':\n        return 6\n"
    "    return int(os.environ['USE_A'])\nf()",
    "int below a return, both in one": f"{DOTENV}def f():\n"
    "    if 'USE_A' not in os.environ or not os.environ['USE_A']:\n        return 5\n"
    "    return int(os.environ['USE_A'])\nf()",
    "int below a test of another read": f"{DOTENV}def f():\n    x = os.environ.get('USE_A')\n    if not x:\n"
    "        return 5\n    return int(os.environ['USE_A'])\nf()",
    "float": f"{DOTENV}float(os.environ['USE_A'])",
    "Decimal": f"{DOTENV}from decimal import Decimal\nDecimal(os.environ['USE_A'])",
    "UUID": f"{DOTENV}import uuid\nuuid.UUID(os.environ['USE_A'])",
    "json": f"{DOTENV}import json\njson.loads(os.environ['USE_A'])",
    "a literal": f"{DOTENV}import ast\nast.literal_eval(os.environ['USE_A'])",
    "decouple int": f"{DECOUPLE}config('USE_A', cast=int)",
    "decouple float": f"{DECOUPLE}config('USE_A', cast=float, default=1)",
    "decouple bool": f"{DECOUPLE}config('USE_A', cast=bool)",
    "decouple Choices": f"from decouple import Choices\n{DECOUPLE}"
    "config('USE_A', cast=Choices(['on', '80 # c', '']))",
    "Starlette int": f"{STARLETTE}config('USE_A', cast=int)",
    "Starlette bool": f"{STARLETTE}config('USE_A', cast=bool, default=False)",
    "django-environ int": f"{ENVIRON}env.int('USE_A')",
    "django-environ, by its default": f"{ENVIRON}env('USE_A', default=5)",
    "django-environ, by its scheme": f"{ENVIRON.replace('Env()', 'Env(USE_A=(int, 5))')}env('USE_A')",
    "django-environ bool": f"{ENVIRON}env.bool('USE_A')",
    "django-environ json": f"{ENVIRON}env.json('USE_A')",
    "django-environ text": f"{ENVIRON}env('USE_A')",
    "environs int": f"{ENVIRONS}env.int('USE_A', 5)",
    "environs float": f"{ENVIRONS}env.float('USE_A')",
    "environs bool": f"{ENVIRONS}env.bool('USE_A')",
    "environs json": f"{ENVIRONS}env.json('USE_A')",
    "environs list of int": f"{ENVIRONS}env.list('USE_A', subcast=int)",
    "environs list of bool": f"{ENVIRONS}env.list('USE_A', [], bool)",
    "environs dict": f"{ENVIRONS}env.dict('USE_A')",
    "environs dict of int": f"{ENVIRONS}env.dict('USE_A', subcast_values=int)",
    "environs log level": f"{ENVIRONS}env.log_level('USE_A')",
    "environs OneOf": f"{ENVIRONS}from environs import validate\n"
    "env.str('USE_A', validate=validate.OneOf(['80', 'on']))",
    "environs OneOf, plain": f"{ENVIRONS}from marshmallow.validate import OneOf\n"
    "env('USE_A', validate=OneOf(('', 'x')))",
    "environs uuid": f"{ENVIRONS}env.uuid('USE_A')",
    "environs text": f"{ENVIRONS}env.str('USE_A')",
    "pydantic int": f"{PYDANTIC}    use_a: int\nS()",
    "pydantic float": f"{PYDANTIC}    use_a: float | None = None\nS()",
    "pydantic bool": f"{PYDANTIC}    use_a: bool = False\nS()",
    "pydantic text": f"{PYDANTIC}    use_a: str\nS()",
    "pydantic dict": f"{PYDANTIC}    use_a: dict[str, int]\nS()",
    "pydantic list": f"{PYDANTIC}    use_a: list[int] = []\nS()",
    "pydantic Literal": f"from typing import Literal\n{PYDANTIC}    use_a: Literal['on', 'true', '80']\nS()",
    "pydantic Literal of numbers": f"import typing\n{PYDANTIC}    use_a: typing.Literal[80, True] = 80\nS()",
    "pydantic enum": "from enum import Enum\nclass E(str, Enum):\n    a = 'on'\n    on_ = 'True'\n"
    f"{PYDANTIC}    use_a: E\nS()",
    "pydantic enum that may be empty": "import enum\nclass E(enum.Enum):\n    a = 'on'\n"
    f"{PYDANTIC}    use_a: E | None = None\nS()",
    "typed-settings int": TYPED.format("int"),
    "typed-settings float": TYPED.format("float"),
    "typed-settings bool": TYPED.format("bool"),
    "typed-settings Literal": TYPED.format("Literal['on', '80']"),
}  # fmt: skip
UNSURE = {"a literal", "pydantic int", "pydantic dict", "pydantic list"}
# Only bare words are reported as invalid; valid JSON may still not fit the field.
TRUTHS = {
    "if": f"{DOTENV}RESULT = False\nif os.environ.get('USE_A'):\n    RESULT = True",
    "bool": f"{DOTENV}RESULT = bool(os.getenv('USE_A', False))",
    "not": f"{DOTENV}RESULT = not (not os.getenv('USE_A'))",
    "and": f"{DOTENV}RESULT = bool(os.getenv('USE_A') and True)",
    "of a name": f"{DOTENV}x = os.getenv('USE_A')\nRESULT = True if x else False",
    "== True": f"{DOTENV}RESULT = os.getenv('USE_A') == 'True'",
    "lower() == true": f"{DOTENV}RESULT = os.getenv('USE_A', '').lower() == 'true'",
    "in": f"{DOTENV}RESULT = os.getenv('USE_A', 'on').lower() in ('1', 'true', 'on')",
    "not in": f"{DOTENV}RESULT = os.getenv('USE_A') not in ('0', 'false')",
    "!= False": f"{DOTENV}RESULT = os.getenv('USE_A') != 'False'",
    "Flask's configuration": f"{FLASK}app.config['X'] = os.getenv('USE_A')\n"
    "RESULT = True if app.config['X'] else False",
    "a bool of Flask's": f"{FLASK}app.config['SESSION_COOKIE_SECURE'] = os.getenv('USE_A')\n"
    "RESULT = bool(app.config['SESSION_COOKIE_SECURE'])",
    "decouple bool": f"{DECOUPLE}RESULT = config('USE_A', cast=bool)",
    "django-environ bool": f"{ENVIRON}RESULT = env.bool('USE_A')",
}  # fmt: skip
TYPES = {
    "+ with a number": "os.getenv('USE_A', 4) + 1",
    "+ with a number, always": "os.environ['USE_A'] + 1",
    "- of a name": "n = os.getenv('USE_A', 4)\nm = n - 1",
    "<=": "3 <= os.getenv('USE_A', 4)",
    "range": "range(os.getenv('USE_A', 4))",
    "sleep": "import time\ntime.sleep(os.getenv('USE_A', 0))",
    "timedelta": "from datetime import timedelta\ntimedelta(minutes=os.getenv('USE_A', 30))",
    "a root": "import math\nmath.sqrt(os.getenv('USE_A', 4))",
    "a random number": "import random\nrandom.uniform(0, os.getenv('USE_A', 4))",
    "random bytes": "import secrets\nsecrets.token_hex(nbytes=os.getenv('USE_A', 4))",
    "a semaphore": "import threading\nthreading.Semaphore(os.getenv('USE_A', 4))",
    "a timeout": "import socket\nsocket.setdefaulttimeout(os.getenv('USE_A', 4))",
    "a pool": "from concurrent import futures\nfutures.ThreadPoolExecutor(max_workers=os.getenv('USE_A', 4))",
    "the length of a deque": "from collections import deque\ndeque([], os.getenv('USE_A', 4))",
    "the items of a deque": "from collections import deque\ndeque(os.getenv('USE_A', 'abc'), 4)",
    "a cache": "import functools\nfunctools.lru_cache(maxsize=os.getenv('USE_A', 4))",
    "split": "os.getenv('USE_A', []).split(',')",
    "lower": "os.getenv('USE_A', False).lower() == 'true'",
    "strip of a number": "int(os.getenv('USE_A', 4).strip())",
    "one converter": "int(os.environ.get('USE_A', 5000)) + 1",
    "a text": "os.environ.get('USE_A', '4') + '1'",
    "a list instead of nothing": "(os.getenv('USE_A') or []).count('x')",
    "a list with what a text has": "os.getenv('USE_A', []).count('x')",
    "a number in a text": "'%s' % os.getenv('USE_A', 5)",
}
YES, NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}
PROGRAMS = {
    **{f"conversion: {n}": p for n, p in CONVERSIONS.items()},
    **{f"truth: {n}": p for n, p in TRUTHS.items()},
}


@cache
def outcomes() -> dict[tuple[str, str], str]:
    """What each program really does with each line."""
    every = [*product(PROGRAMS.values(), LINES), *product(map(loaded, TYPES.values()), ("", "USE_A=5"))]
    answer = subprocess.run(
        [sys.executable, "-P", str(CHILD)],
        input=json.dumps(every),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(every, json.loads(answer.stdout), strict=True))


def loaded(program: str) -> str:
    return DOTENV + program


@pytest.fixture(scope="module", autouse=True)
def _somewhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("child"))
        outcomes()


def said(folder: Path, program: str, line: str) -> set[str]:
    """The checks that report something about the line."""
    files = {".env": line + "\n", "app.py": program.replace("FILE", "'.env'") + "\n"}
    it = opened(folder, Fixture(files))
    checks = [UNCONVERTIBLE_VALUE, TEXT_CONFIG_VALUE, STRING_TRUTHINESS]
    return {finding.check for finding in run_checks(it.project, it.path(".env"), checks)}


@pytest.mark.parametrize("name", CONVERSIONS)
def test_a_value_is_reported_if_its_conversion_raises(tmp_path: Path, name: str) -> None:
    program = CONVERSIONS[name]
    raises = {line for line in LINES if outcomes()[program, line].startswith("!")}
    told = {
        line
        for n, line in enumerate(LINES)
        if UNCONVERTIBLE_VALUE.name in said(tmp_path / str(n), program, line)
    }
    if name in UNSURE:
        assert told
        assert told <= raises
    else:
        assert told == raises


@pytest.mark.parametrize("name", TRUTHS)
def test_a_word_is_reported_if_it_is_read_as_its_opposite(tmp_path: Path, name: str) -> None:
    program = TRUTHS[name]
    wrong = {line for line in LINES if is_contrary(outcomes()[program, line], line)}
    checks = {STRING_TRUTHINESS.name, TEXT_CONFIG_VALUE.name}
    told = {line for n, line in enumerate(LINES) if checks & said(tmp_path / str(n), program, line)}
    assert told == wrong


@pytest.mark.parametrize("name", TYPES)
def test_a_default_of_another_type_is_reported_if_it_raises(tmp_path: Path, name: str) -> None:
    program = loaded(TYPES[name])
    raised = {outcomes()[program, line] for line in ("", "USE_A=5")}
    raises = not raised.isdisjoint({"!TypeError", "!AttributeError"})
    it = opened(tmp_path, Fixture({"app.py": program.replace("FILE", "'.env'") + "\n"}))
    assert bool(run_checks(it.project, it.path("app.py"), [DEFAULT_OF_ANOTHER_TYPE])) == raises


def is_contrary(result: str, line: str) -> bool:
    """Whether a word that means yes was read as False, or a word that means no as True."""
    word = line.partition("=")[2].partition(" #")[0].strip("'\"").lower()
    return (word in YES and result == "False") or (word in NO and result == "True")
