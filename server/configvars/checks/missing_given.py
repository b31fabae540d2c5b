"""Examples of variables that no readable line of an env file sets, but that may be set."""

from __future__ import annotations

from configvars.model import Example

GIVEN_ALL_THE_SAME = (
    Example(
        "-- .env --\nhost=1\n-- app.py --\nfrom pydantic_settings import BaseSettings\n"
        "class S(BaseSettings):\n    host: str\n",
        note="pydantic ignores case",
    ),
    Example(
        '-- .env --\nKEY\n-- Procfile --\nweb: python app.py\n-- app.py --\nimport os\nos.environ["KEY"]\n',
        note="only `heroku local` reads the file, and sets a name without = to an empty value",
    ),
    Example(
        "-- .env --\nA=1\n-- web.env --\nKEY\n-- compose.yaml --\nservices:\n  web:\n    build: .\n"
        '    env_file: web.env\n-- app.py --\nimport os\nos.environ["KEY"]\n',
        note="Compose gets the value of a name without = from the shell that runs it",
    ),
    Example(
        "-- .env --\nA=1\n-- web.env as pipe --\n-- .envrc --\ndotenv web.env\n"
        '-- app.py --\nimport os\nos.environ["KEY"]\n',
        note="a file that direnv loads and configvars cannot read",
    ),
    Example(
        '-- .env --\nA=1\n-- own.env --\nB=1\n-- app.py --\nimport os\nfor line in open("own.env"):\n'
        '    k, v = line.split("=")\n    os.environ.setdefault(k, v)\nos.environ["B"]\n',
        note="code loads an env file without a library",
    ),
    Example(
        "-- .env --\nA=1\n-- app.py --\nimport os\nif os.environ.get('CI'):\n    token = os.environ['DEPLOY_TOKEN']\n",
        note="only in a CI service",
    ),
    Example(
        '-- .env --\nA=1\n-- manage.py --\nimport os\nos.environ["B"] = "x"\n'
        '-- app.py --\nimport os\nos.environ["B"]\n',
        note="code sets it",
    ),
    Example(
        "-- .env --\nA=1\n-- .env.example --\nB=\n-- Procfile --\nweb: python app.py\n-- scripts/run.py --\nimport os\n"
        'os.environ["B"] = "x"\nimport app\n-- app.py --\nimport shop\n-- shop.py --\nimport os\nbool(os.environ)\n'
        "-- scripts/seed.py --\nimport os, run\nos.environ['B']\n",
        note="a script sets it for scripts",
    ),
    Example(
        '-- .env --\nA=1\n-- Procfile --\nweb: python app.py\n-- scripts/run.py --\nimport os\nos.environ["B"] = "x"\n'
        'import app\n-- app.py --\nimport os\nos.environ["B"]\n',
        note="a script sets it, and no template says that others should",
    ),
    Example(
        "-- .env.dev --\nTOKEN=x\n-- app.py --\nimport os\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\n"
        "class S(BaseSettings):\n    model_config = SettingsConfigDict(env_file=f\".env.{os.getenv('STAGE', 'dev')}\")\n"
        "    token: str\nS()\n",
        note="an env file that is chosen at run time",
    ),
    Example(
        "-- .env --\nA=1\n-- prod.env --\nB=1\n-- app.py --\nfrom decouple import Config, RepositoryEnv\n"
        "from dotenv import load_dotenv\nload_dotenv()\nconfig = Config(RepositoryEnv('prod.env'))\nconfig('A')\n",
        note="python-decouple also reads the environment, into which the code loads .env",
    ),
    Example(
        '-- .env --\nmail-host=1\n-- app.py --\nimport os\nos.environ["mail-host"]\n',
        note="set, by a key that is not shown as a name",
    ),
    Example(
        '-- .env --\nA=1\n-- Procfile --\nweb: python app.py\n-- app.py --\nimport os\nos.environ["PORT"]\n',
        note="Heroku sets it",
    ),
)

OF_SCRIPT = Example(
    "-- .env --\nA=1\n-- .env.example --\nA=\nB=\n-- Procfile --\nweb: python app.py\n-- scripts/check.py --\nimport os\n"
    'os.environ["B"] = "x"\nimport app\n-- app.py --\nimport os\nos.environ["B"]\n',
    ("app.py:2:13 warning B is missing from .env; this code fails without it [fix: Add B to .env]",),
    note="a script sets it for itself only",
)

OF_ITS_FILES = Example(
    "-- a.env --\nX=1\n-- b.env --\nA=1\n-- app.py --\nfrom dotenv import dotenv_values\n"
    "a, b = dotenv_values('a.env'), dotenv_values('b.env')\nprint(a['X'], b['A'], a['A'])\n",
    (
        "app.py:3:26 warning A is missing from a.env; this code fails without it (set in b.env, which this code does not read) [fix: Add A to a.env]",
    ),
    note="only the files of this dotenv_values count",
)

OF_REPOSITORY = Example(
    "-- .env --\nA=1\n-- prod.env --\nB=1\n-- app.py --\nfrom decouple import Config, RepositoryEnv\n"
    "config = Config(RepositoryEnv('prod.env'))\nconfig('A'), config('B')\n",
    (
        "app.py:3:9 warning A is missing from prod.env as python-decouple reads it; this code fails without it (set in .env, which this code does not read) [fix: Add A to prod.env]",
    ),
    note="only the file of this RepositoryEnv counts",
)
