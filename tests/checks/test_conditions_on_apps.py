"""`check --deploy`: a condition is decided by what the app has; what is not known is never a success."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.git import git
from support.projects import opened

# Other files and apps, the code of app.py after `import os`, and the severity of the finding about X.
CONDITIONS = {
    "default not equal": (
        "",
        'if os.getenv("ENV", "development") == "production":\n    os.environ["X"]\n',
        "information",
    ),
    "else not taken": (
        "",
        'env = os.getenv("ENV", "dev")\nif env == "dev":\n    pass\nelse:\n    os.environ["X"]\n',
        "information",
    ),
    "debug default true": (
        "",
        'DEBUG = os.getenv("DEBUG", "true").lower() == "true"\nif not DEBUG:\n    os.environ["X"]\n',
        "information",
    ),
    "in tuple no": (
        "",
        'if os.getenv("ENV", "dev") in ("prod", "staging"):\n    os.environ["X"]\n',
        "information",
    ),
    "int default 0": (
        "",
        'if int(os.getenv("USE_S3", "0")):\n    os.environ["X"]\n',
        "information",
    ),
    "flag off in settings from import": (
        "",
        "from settings import ENV\n"
        'if ENV == "production":\n'
        '    os.environ["X"]\n'
        "-- settings.py --\n"
        "import os\n"
        'ENV = os.getenv("ENV", "dev")\n',
        "information",
    ),
    "ternary off": (
        "",
        'K = os.environ["X"] if os.getenv("ENV") == "production" else "dev"\n',
        "information",
    ),
    "off simple": (
        "",
        'if os.getenv("USE_S3"):\n    os.environ["X"]\n',
        "information",
    ),
    "DYNO not in environ": (
        "",
        'if "DYNO" not in os.environ:\n    os.environ["X"]\n',
        "information",
    ),
    "env.bool environs off": (
        "",
        "from environs import Env\n"
        "import os\n"
        "env = Env()\n"
        'if env.bool("USE_S3", False):\n'
        '    os.environ["X"]\n',
        "information",
    ),
    "nested off": (
        "",
        'if os.getenv("USE_S3"):\n'
        '    if os.getenv("ENV", "production") == "production":\n'
        '        os.environ["X"]\n',
        "information",
    ),
    "fallback read when DATABASE_URL set": (
        "-- heroku:shop --\nDATABASE_URL=1\n",
        'if "DATABASE_URL" in os.environ:\n'
        '    u = os.environ["DATABASE_URL"]\n'
        "else:\n"
        '    u = os.environ["DB_HOST"]\n',
        "information",
    ),
    "fallback not in": (
        "-- heroku:shop --\nDATABASE_URL=1\n",
        'if "DATABASE_URL" not in os.environ:\n    u = os.environ["DB_HOST"]\n',
        "information",
    ),
    "helper function": (
        "",
        "def flag(name, default=False):\n"
        "    value = os.getenv(name)\n"
        "    if value is None:\n"
        "        return default\n"
        '    return value.lower() in ("1", "true")\n'
        'if flag("USE_S3"):\n'
        '    os.environ["X"]\n',
        "information",
    ),
    "helper in other file": (
        "",
        "from env import flag\n"
        'if flag("USE_S3"):\n'
        '    os.environ["X"]\n'
        "-- env.py --\n"
        "import os\n"
        "def flag(name):\n"
        '    return os.getenv(name, "0") == "1"\n',
        "information",
    ),
    "exit before": (
        "",
        'def f():\n    if not os.getenv("SENTRY"):\n        return\n    os.environ["X"]\nf()\n',
        "information",
    ),
    "dynamic set in a script nobody loads": (
        "",
        'if os.getenv("USE_S3"):\n'
        '    os.environ["X"]\n'
        "-- scripts/dev.py --\n"
        "import os\n"
        'for line in open("x.env"):\n'
        '    k, v = line.split("=")\n'
        "    os.environ[k] = v\n",
        "information",
    ),
    "shell script nobody runs": (
        "",
        'if os.getenv("USE_S3"):\n    os.environ["X"]\n-- scripts/dev.sh --\nUSE_S3=1 flask run\n',
        "information",
    ),
    "env file nobody loads": (
        "",
        'if os.getenv("USE_S3"):\n    os.environ["X"]\n-- .env.docker --\nUSE_S3=1\n',
        "information",
    ),
    "off under None default bool": (
        "",
        'if bool(os.getenv("USE_S3")):\n    os.environ["X"]\n',
        "information",
    ),
    "bytes and case": (
        "",
        'if os.getenv("ENV", "Development").lower() != "development":\n    os.environ["X"]\n',
        "information",
    ),
    "default equals": (
        "",
        'if os.getenv("ENV", "production") == "production":\n    os.environ["X"]\n',
        "error",
    ),
    "default differs via !=": (
        "",
        'if os.environ.get("ENV") != "development":\n    os.environ["X"]\n',
        "error",
    ),
    "ENV set on app": (
        "-- heroku:shop --\nENV=staging\n",
        'if os.getenv("ENV", "development") == "production":\n    os.environ["X"]\n',
        "warning",
    ),
    "elif taken": (
        "",
        'env = os.getenv("ENV", "production")\n'
        'if env == "dev":\n'
        "    pass\n"
        'elif env == "production":\n'
        '    os.environ["X"]\n',
        "error",
    ),
    "else taken": (
        "",
        'env = os.getenv("ENV", "production")\n'
        'if env == "dev":\n'
        "    pass\n"
        'elif env == "test":\n'
        "    pass\n"
        "else:\n"
        '    os.environ["X"]\n',
        "error",
    ),
    "match": (
        "",
        'match os.getenv("ENV", "production"):\n'
        '    case "dev":\n'
        "        pass\n"
        '    case "production":\n'
        '        os.environ["X"]\n',
        "error",
    ),
    "match wildcard": (
        "",
        'match os.getenv("ENV"):\n    case "dev":\n        pass\n    case _:\n        os.environ["X"]\n',
        "error",
    ),
    "match set unknown": (
        "-- heroku:shop --\nENV=1\n",
        'match os.getenv("ENV"):\n    case "dev":\n        os.environ["X"]\n',
        "warning",
    ),
    "not debug": (
        "",
        'if not os.getenv("DEBUG"):\n    os.environ["X"]\n',
        "error",
    ),
    "not debug word false default": (
        "",
        'DEBUG = os.getenv("DEBUG", "false").lower() == "true"\nif not DEBUG:\n    os.environ["X"]\n',
        "error",
    ),
    "in tuple": (
        "",
        'if os.getenv("ENV", "prod") in ("prod", "staging"):\n    os.environ["X"]\n',
        "error",
    ),
    "not in tuple": (
        "",
        'if os.getenv("ENV", "prod") not in ("dev", "test"):\n    os.environ["X"]\n',
        "error",
    ),
    "lower in words": (
        "",
        'if os.getenv("USE_S3", "True").lower() in ("1", "true", "yes"):\n    os.environ["X"]\n',
        "error",
    ),
    "int default 1": (
        "",
        'if int(os.getenv("USE_S3", "1")):\n    os.environ["X"]\n',
        "error",
    ),
    "bool int default 1": (
        "",
        'USE = bool(int(os.environ.get("USE_S3", 1)))\nif USE:\n    os.environ["X"]\n',
        "error",
    ),
    "and half": (
        "-- heroku:shop --\nA=1\n",
        'if os.getenv("A") and not os.getenv("B"):\n    os.environ["X"]\n',
        "error",
    ),
    "or on": (
        "",
        'if os.getenv("A") or os.getenv("B", "1"):\n    os.environ["X"]\n',
        "error",
    ),
    "flag in settings": (
        "",
        "import settings\n"
        "if settings.USE_S3:\n"
        '    os.environ["X"]\n'
        "-- settings.py --\n"
        "import os\n"
        'USE_S3 = os.getenv("USE_S3", "1") == "1"\n',
        "error",
    ),
    "flag in settings from import": (
        "",
        "from settings import ENV\n"
        'if ENV == "production":\n'
        '    os.environ["X"]\n'
        "-- settings.py --\n"
        "import os\n"
        'ENV = os.getenv("ENV", "production")\n',
        "error",
    ),
    "ternary": (
        "",
        'K = os.environ["X"] if os.getenv("ENV", "production") == "production" else "dev"\n',
        "error",
    ),
    "ternary else": (
        "",
        'K = "dev" if os.getenv("ENV") == "dev" else os.environ["X"]\n',
        "error",
    ),
    "on by app": (
        "-- heroku:shop --\nUSE_S3=1\n",
        'if os.getenv("USE_S3"):\n    os.environ["X"]\n',
        "error",
    ),
    "DYNO in environ": (
        "",
        'if "DYNO" in os.environ:\n    os.environ["X"]\n',
        "error",
    ),
    "ON_HEROKU flag": (
        "",
        'ON_HEROKU = "DYNO" in os.environ\nif ON_HEROKU:\n    os.environ["X"]\n',
        "error",
    ),
    "config decouple cast bool default True": (
        "",
        "from decouple import config\n"
        "import os\n"
        'USE = config("USE_S3", default=True, cast=bool)\n'
        "if USE:\n"
        '    os.environ["X"]\n',
        "error",
    ),
    "env.bool environs": (
        "",
        "from environs import Env\n"
        "import os\n"
        "env = Env()\n"
        'if env.bool("USE_S3", True):\n'
        '    os.environ["X"]\n',
        "error",
    ),
    "nested on inside class": (
        "",
        "class Config:\n"
        '    ENV = os.getenv("ENV", "production")\n'
        '    if ENV == "production":\n'
        '        KEY = os.environ["X"]\n',
        "error",
    ),
    "early return": (
        "",
        "def f():\n"
        '    if os.getenv("ENV", "production") == "dev":\n'
        "        return\n"
        '    return os.environ["X"]\n'
        "f()\n",
        "error",
    ),
    "while": (
        "",
        'while os.getenv("ENV", "production") == "production":\n    os.environ["X"]\n    break\n',
        "error",
    ),
    "startswith": (
        "",
        'if os.getenv("ENV", "production").startswith("prod"):\n    os.environ["X"]\n',
        "error",
    ),
    "constants": (
        "",
        'PRODUCTION = "production"\nif os.getenv("ENV", PRODUCTION) == PRODUCTION:\n    os.environ["X"]\n',
        "error",
    ),
    "walrus": (
        "",
        'if (env := os.getenv("ENV", "production")) == "production":\n    os.environ["X"]\n',
        "error",
    ),
    "environ or default": (
        "",
        'env = os.environ.get("ENV") or "production"\nif env == "production":\n    os.environ["X"]\n',
        "error",
    ),
    "unknown condition": (
        "",
        'import os, sys\nif sys.argv[1:] and os.getenv("A", "1"):\n    os.environ["X"]\n',
        "warning",
    ),
    "helper function default on": (
        "",
        "def flag(name, default=False):\n"
        "    value = os.getenv(name)\n"
        "    if value is None:\n"
        "        return default\n"
        '    return value.lower() in ("1", "true")\n'
        'if flag("USE_S3", True):\n'
        '    os.environ["X"]\n',
        "error",
    ),
    "helper function default on inside": (
        "",
        'def flag(name):\n    return os.getenv(name, "1") == "1"\nif flag("USE_S3"):\n    os.environ["X"]\n',
        "error",
    ),
    "env set by code": (
        "",
        'os.environ.setdefault("ENV", "production")\n'
        'if os.environ["ENV"] == "production":\n'
        '    os.environ["X"]\n',
        "warning",
    ),
    "debug reassigned": (
        "",
        "DEBUG = True\n"
        'if os.getenv("ENV", "production") == "production":\n'
        "    DEBUG = False\n"
        "if not DEBUG:\n"
        '    os.environ["X"]\n',
        "error",
    ),
    "global override in other module": (
        "",
        "import os, settings\n"
        "settings.DEBUG = False\n"
        "if not settings.DEBUG:\n"
        '    os.environ["X"]\n'
        "-- settings.py --\n"
        "DEBUG = True\n",
        "warning",
    ),
    "loaded env file": (
        "-- defaults.env --\nENV=production\n",
        "from dotenv import load_dotenv\n"
        'load_dotenv("defaults.env")\n'
        'if os.getenv("ENV") == "production":\n'
        '    os.environ["X"]\n',
        "warning",
    ),
    "star import": (
        "",
        "from settings import *\n"
        "if PROD:\n"
        '    os.environ["X"]\n'
        "-- settings.py --\n"
        "import os\n"
        'PROD = os.getenv("ENV", "production") == "production"\n',
        "error",
    ),
    "lambda default": (
        "",
        "def is_prod():\n"
        '    return os.getenv("ENV", "production") == "production"\n'
        "if is_prod():\n"
        '    os.environ["X"]\n',
        "error",
    ),
    "method is_prod": (
        "",
        "class Env:\n"
        "    def is_prod(self):\n"
        '        return os.getenv("ENV", "production") == "production"\n'
        "if Env().is_prod():\n"
        '    os.environ["X"]\n',
        "warning",
    ),
    "dict of bools": (
        "",
        'if {"production": True}.get(os.getenv("ENV", "production")):\n    os.environ["X"]\n',
        "warning",
    ),
    "try around": (
        "",
        "try:\n"
        '    ENV = os.environ["ENV"]\n'
        "except KeyError:\n"
        '    ENV = "production"\n'
        'if ENV == "production":\n'
        '    os.environ["X"]\n',
        "warning",
    ),
    "property switch": (
        "",
        'ENV = os.environ.get("ENV", "production").split("-")[0]\n'
        'if ENV == "production":\n'
        '    os.environ["X"]\n',
        "warning",
    ),
    "fstring": (
        "",
        'if f"{os.getenv(\'ENV\', \'production\')}" == "production":\n    os.environ["X"]\n',
        "error",
    ),
    "fstring with a format": (
        "",
        'if f"{os.getenv(\'ENV\', \'dev\'):>9}" == "dev":\n    os.environ["X"]\n',
        "warning",
    ),
    "a name that a helper composes": (
        "",
        'def on(name):\n    return os.getenv(f"USE_{name}", "0") == "1"\nif on("S3"):\n    os.environ["X"]\n',
        "information",
    ),
    "a name that a helper adds up": (
        "",
        'def on(name):\n    return os.getenv("USE_" + name.upper(), "0") == "1"\n'
        'if on("s3"):\n    os.environ["X"]\n',
        "information",
    ),
    "a composed name that the app has": (
        "-- heroku:shop --\nUSE_S3=1\n",
        'def on(name):\n    return os.getenv(f"USE_{name}", "0") == "1"\nif on("S3"):\n    os.environ["X"]\n',
        "warning",
    ),
    "len compare": (
        "",
        'if len(os.getenv("ENV", "production")) > 3:\n    os.environ["X"]\n',
        "warning",
    ),
    "empty value on app": (
        "-- heroku:shop --\nENV=\n",
        'if not os.getenv("ENV"):\n    os.environ["X"]\n',
        "warning",
    ),
    "exit before set": (
        "-- heroku:shop --\nSENTRY=1\n",
        'def f():\n    if not os.getenv("SENTRY"):\n        return\n    os.environ["X"]\nf()\n',
        "error",
    ),
    "two apps": (
        "-- heroku:shop --\nENV=production\n-- heroku:staging --\n",
        'if os.getenv("ENV"):\n    os.environ["X"]\n',
        "error",
    ),
    "assigned in function global": (
        "",
        "DEBUG = True\n"
        "def setup():\n"
        "    global DEBUG\n"
        "    DEBUG = False\n"
        "setup()\n"
        "if not DEBUG:\n"
        '    os.environ["X"]\n',
        "error",
    ),
    "augmented": (
        "",
        'N = 0\nN += 1\nif N:\n    os.environ["X"]\n',
        "warning",
    ),
    "deleted name": (
        "",
        'on = os.environ.pop("ENV", "production") == "production"\nif on:\n    os.environ["X"]\n',
        "warning",
    ),
    "dynamic set in reached loader": (
        "",
        'for line in open("x.env"):\n'
        '    k, v = line.split("=")\n'
        "    os.environ[k] = v\n"
        'if os.getenv("USE_S3"):\n'
        '    os.environ["X"]\n',
        "warning",
    ),
    "decouple env file": (
        "",
        "from decouple import config\n"
        'if config("USE_S3", default=False, cast=bool):\n'
        '    config("X")\n'
        "-- .env --\n"
        "USE_S3=1\n",
        "warning",
    ),
    "dynaconf like update": (
        "",
        "import os, json\n"
        'os.environ.update(json.load(open("secrets.json")))\n'
        'if os.getenv("USE_S3"):\n'
        '    os.environ["X"]\n',
        "warning",
    ),
    "nested function param default": (
        "",
        'def conf(env=os.getenv("ENV", "production")):\n'
        '    if env == "production":\n'
        '        return os.environ["X"]\n',
        "warning",
    ),
    "class attr via self": (
        "",
        "class A:\n"
        '    env = os.getenv("ENV", "production")\n'
        "    def f(self):\n"
        '        if self.env == "production":\n'
        '            return os.environ["X"]\n',
        "warning",
    ),
    "tuple assign": (
        "",
        'ENV, Y = os.getenv("ENV", "production"), 1\nif ENV == "production":\n    os.environ["X"]\n',
        "warning",
    ),
    "dict get default": (
        "",
        'env = dict(os.environ).get("ENV", "production")\nif env == "production":\n    os.environ["X"]\n',
        "warning",
    ),
    "environ alias": (
        "",
        'e = os.environ\nif e.get("ENV", "production") == "production":\n    os.environ["X"]\n',
        "warning",
    ),
    "chained compare": (
        "",
        'if "a" < os.getenv("ENV", "production") < "z":\n    os.environ["X"]\n',
        "warning",
    ),
    "elif unknown before": (
        "-- heroku:shop --\nA=1\n",
        'if os.getenv("A") == "2":\n    pass\nelif os.getenv("B", "1") == "1":\n    os.environ["X"]\n',
        "warning",
    ),
    "negative compare None": (
        "",
        'if os.getenv("USE_S3") is None:\n    os.environ["X"]\n',
        "error",
    ),
    "helper with branches": (
        "",
        'def on(name, default="no", *, words=("yes",)):\n    """Whether a switch is on."""\n'
        "    value = os.getenv(name, default)\n    if value == 'maybe':\n        return False\n"
        "    elif value in words:\n        return True\n    else:\n        return None\n"
        'if on("USE_S3", words=("yes", "no")):\n    os.environ["X"]\n',
        "error",
    ),
    "helper that falls through": (
        "",
        'def on(name):\n    if os.getenv(name, "no") == "yes":\n        return True\n'
        'if on("USE_S3"):\n    os.environ["X"]\n',
        "warning",
    ),
    "helper with a loop": (
        "",
        'def on(name):\n    for x in "ab":\n        pass\n    return os.getenv(name)\n'
        'if on("USE_S3"):\n    os.environ["X"]\n',
        "warning",
    ),
    "generator": (
        "",
        'def on(name):\n    yield os.getenv(name)\nif on("USE_S3"):\n    os.environ["X"]\n',
        "warning",
    ),
    "helper that asks an unknown one": (
        "-- heroku:shop --\nENV=1\n",
        'def on(name):\n    if os.getenv(name) == "2":\n        return True\n    return False\n'
        'if on("ENV"):\n    os.environ["X"]\n',
        "warning",
    ),
}


@pytest.mark.parametrize(("files", "code", "expected"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_read_under_a_condition(tmp_path: Path, files: str, code: str, expected: str) -> None:
    app = "" if "heroku:" in files else "-- heroku:shop --\n"
    procfile = "-- Procfile --\nweb: gunicorn app:app\n"
    it = opened(tmp_path, f"{app}{files}{procfile}-- app.py --\nimport os\n{code}")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-f", ".")
    project = judged(it.workspace, str(it.root), deploying=True)
    found = [each for path in project.index.files for each in run_checks(project, path)]
    told = [each.severity for each in found if each.check == "not-on-heroku" and each.variable is not None]
    assert "; ".join(told) == expected
    assert all(each.severity != "warning" for each in found if expected == "information")


@pytest.mark.beyond_limits
def test_a_text_that_doubles_again_and_again_is_not_known(tmp_path: Path) -> None:
    names = [f"A{number}" for number in range(40)]
    doubled = "".join(f"{new} = {old} + f'{{{old}}}'\n" for old, new in pairwise(names))
    code = f'import os\nA0 = "aaaaaaaaaa"\n{doubled}if A39 == "a":\n    os.environ["X"]\n'
    it = opened(tmp_path, f"-- heroku:shop --\n-- app.py --\n{code}")
    project = judged(it.workspace, str(it.root), deploying=True)
    found = [each for path in project.index.files for each in run_checks(project, path)]
    assert [each.severity for each in found if each.check == "not-on-heroku"] == ["warning"]


def test_outside_of_a_repository_every_env_file_may_be_deployed(tmp_path: Path) -> None:
    code = 'import os\nif os.getenv("ENV") == "production":\n    os.environ["X"]\n'
    it = opened(tmp_path, f"-- heroku:shop --\n-- app.py --\n{code}-- defaults.env --\nENV=production\n")
    project = judged(it.workspace, str(it.root), deploying=True)
    found = [each for path in project.index.files for each in run_checks(project, path)]
    assert [each.severity for each in found if each.check == "not-on-heroku"] == ["warning"]
