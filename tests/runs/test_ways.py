"""What each way to start the code sets, compared with really starting it that way."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.features.explain import explain
from configvars.runs.outcomes import Outcome
from support.forked import run_python
from support.projects import opened

CONFIG = '-- config.py --\nimport os\nX = os.environ.get("X")\nprint("X is", X)\n'
LOADS = "from dotenv import load_dotenv\nload_dotenv()\n"
ONE_LINE = "from dotenv import load_dotenv; load_dotenv()"
FACTORY = "def create_app():\n    from dotenv import load_dotenv\n    load_dotenv()\n"
CODE = "import os\nos.environ['X']\n"
ENV = "-- .env --\nX=env\n-- other/.env --\nX=other\n"

# The file that is started, and the other files. The first variable that is read is printed.
LAYOUTS = {
    "nothing loads": ("app.py", f"{CONFIG}-- app.py --\nimport config\n"),
    "loaded first": ("app.py", f"{CONFIG}-- app.py --\n{LOADS}import config\n"),
    "loaded too late": ("app.py", f"{CONFIG}-- app.py --\nimport config\n{LOADS}"),
    "in the file that reads": ("app.py", f"-- app.py --\n{LOADS}import os\nprint('X is', os.getenv('X'))\n"),
    "in a module before it": (
        "app.py",
        f"{CONFIG}-- first.py --\n{LOADS}-- app.py --\nimport first, config\n",
    ),
    "in a module after it": ("app.py", f"{CONFIG}-- last.py --\n{LOADS}-- app.py --\nimport config, last\n"),
    "in a package": (
        "app.py",
        f"-- pack/__init__.py --\n{LOADS}-- pack/config.py --\n{CONFIG.partition('--' + chr(10))[2]}"
        "-- app.py --\nfrom pack.config import X\n",
    ),
    "in the factory": (
        "wsgi.py",
        f"{CONFIG}-- shop/__init__.py --\n{FACTORY}"
        "    import config\n-- wsgi.py --\nfrom shop import create_app\napp = create_app()\n",
    ),
    "in the factory, too late": (
        "wsgi.py",
        f"{CONFIG}-- shop/__init__.py --\nimport config\n{FACTORY}"
        "-- wsgi.py --\nfrom shop import create_app\napp = create_app()\n",
    ),
    "re-exported by a package": (
        "wsgi.py",
        f"{CONFIG}-- shop/__init__.py --\nfrom .factory import create_app\n-- shop/factory.py --\n"
        f"from dotenv import load_dotenv\ndef create_app():\n    load_dotenv('../.env')\n    load_dotenv()\n"
        "    import config\n-- wsgi.py --\nfrom shop import create_app\napp = create_app()\n",
    ),
    "another file": (
        "app.py",
        f"{CONFIG}-- app.py --\n{LOADS.replace('()', '(%r)')}import config\n" % "other/.env",
    ),
    "a file that does not exist": (
        "app.py",
        f"{CONFIG}-- app.py --\n{LOADS.replace('load_dotenv()', 'load_dotenv(%r)')}import config\n"
        % "conf/.env",
    ),
    "with the library that loads it": (
        "app.py",
        f"{CONFIG}-- other/__init__.py --\n-- other/lib.py --\n{LOADS}"
        "-- app.py --\nimport other.lib, config\n",
    ),
    "the second wins": (
        "app.py",
        f"{CONFIG}-- app.py --\n{LOADS}load_dotenv('other/.env', override=True)\nimport config\n",
    ),
    "the second does not win": (
        "app.py",
        f"{CONFIG}-- app.py --\n{LOADS}load_dotenv('other/.env')\nimport config\n",
    ),
}


def really(folder: Path, start: str) -> str | None:
    """What the code really reads when it is started this way with an empty environment."""
    done = run_python(start, cwd=folder, env={})
    assert done.returncode == 0, done.stderr
    value = done.stdout.splitlines()[0].removeprefix("X is ")
    return None if value == "None" else value


def told(root: Path, outcome: Outcome) -> str | None:
    if outcome.by is None:
        return None
    return Path(outcome.by.path).read_text("utf-8").splitlines()[outcome.by.line - 1].partition("=")[2]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_explanation_is_what_really_happens(tmp_path, layout):
    start, files = LAYOUTS[layout]
    text = ENV + files
    it = opened(tmp_path, text)
    outcomes = {outcome.runtime: outcome for outcome in explain(it.project, "X").outcomes}
    expected = really(tmp_path, start)
    assert told(tmp_path, outcomes["gunicorn"]) == expected
    if "loads" not in layout:  # if no code loads a file, explain names the file that load_dotenv() would find
        assert told(tmp_path, outcomes["load_dotenv()"]) == expected
    assert told(tmp_path, outcomes["flask run"]) == ("other" if layout == "the second wins" else "env")


@pytest.mark.parametrize(
    ("text", "runtime", "expected"),
    [
        (ENV + LAYOUTS["loaded too late"][1], "gunicorn", "config.py:2 reads it before app.py:3 loads .env"),
        (
            ENV + LAYOUTS["a file that does not exist"][1],
            "gunicorn",
            "app.py:2 loads conf/.env, which does not exist",
        ),
        (
            ENV + LAYOUTS["the second wins"][1],
            "gunicorn",
            "app.py:3 loads it and overrides the environment",
        ),
        (
            f"{ENV}{CONFIG}-- app.py --\nif __name__ == '__main__':\n    {ONE_LINE}\nimport config\n",
            "gunicorn",
            "app.py:2 loads .env only under python app.py",
        ),
        (
            f"{ENV}{CONFIG}-- app.py --\ndef main():\n    {ONE_LINE}\nif __name__ == '__main__':\n"
            "    main()\nimport config\n",
            "gunicorn",
            "app.py:2 loads .env only under python app.py",
        ),
        (
            f"{ENV}{CONFIG}-- app.py --\ndef main():\n    {ONE_LINE}\nmain()\nif __name__ == '__main__':\n"
            "    main()\nimport config\n",
            "gunicorn",
            "",
        ),
        (
            f"{ENV}{CONFIG}-- app.py --\nimport config\ndef later():\n    {ONE_LINE}\n",
            "gunicorn",
            "config.py:2 reads it before the function that loads it at app.py:3 is defined",
        ),
        (f"{ENV}{CONFIG}-- app.py --\ndef early():\n    {ONE_LINE}\nimport config\n", "gunicorn", ""),
        (
            f"{ENV}{CONFIG}-- app.py --\nfrom flask import Flask\nimport config\nFlask('x').run()\n"
            "app = Flask('x')\napp.run()\n",
            "load_dotenv()",
            "config.py:2 reads it before app.py:5 loads .env",
        ),
        (
            f"{ENV}{CONFIG}-- app.py --\nfrom flask import Flask\nimport config\napp = Flask('x')\n"
            "app.run(load_dotenv=False)\n",
            "load_dotenv()",
            "no code calls it",
        ),
        (
            f"-- .env.local --\nX=1\n-- app.py --\n{LOADS}import os\nos.environ['X']\n",
            "gunicorn",
            ".env.local has it, but nothing here loads it",
        ),
        (
            f"-- dev.env --\nX=1\n-- app.py --\n{CODE}-- justfile --\nrun:\n"
            "    uv run --env-file=dev.env app.py\n",
            "flask run",
            "python app.py (justfile) loads dev.env, which has it",
        ),
        (
            f"-- test.env --\nX=1\n-- app.py --\n{CODE}-- pytest.ini --\n[pytest]\nenv_files = test.env\n",
            "flask run",
            "pytest (pytest.ini) loads test.env, which has it",
        ),
        (
            f"-- app.py --\n{CODE}-- pyproject.toml --\n[tool.poe.tasks.web]\ncmd = 'python app.py'\n"
            "env.X = '1'\n",
            "flask run",
            "python app.py (pyproject.toml) sets it",
        ),
    ],
)
def test_the_remark(tmp_path, text, runtime, expected):
    it = opened(tmp_path, text)
    (found,) = (each for each in explain(it.project, "X").outcomes if each.runtime == runtime)
    assert found.why == expected


@pytest.mark.parametrize(
    ("app", "why"),
    [
        ("start.py", "config.py:2 reads it before start.py:3 loads .env"),
        ("start:app", "config.py:2 reads it before start.py:3 loads .env"),
        ("gone.py", ""),
    ],
)
def test_a_server_starts_the_app_that_flask_app_names(tmp_path, app, why):
    files = f"{CONFIG}-- start.py --\nimport config\n{LOADS}app = 1\n-- .flaskenv --\nFLASK_APP={app}\n"
    it = opened(tmp_path, ENV + files)
    (found,) = (each for each in explain(it.project, "X").outcomes if each.runtime == "gunicorn")
    assert found.why == why


PATTERN = """\
-- app.py --
import os
from dotenv import load_dotenv
load_dotenv(f".env.{os.environ['STAGE']}")
os.environ["X"]
-- .env.dev --
X=dev
-- .env.example --
X=
-- conf/.env.prod --
X=prod
"""


def test_a_path_that_is_computed_at_run_time(tmp_path):
    it = opened(tmp_path, PATTERN)
    outcomes = {each.runtime: each for each in explain(it.project, "X").outcomes}
    assert outcomes["gunicorn"].state == "unknown"
    assert [each.name for each in map(Path, outcomes["gunicorn"].maybe)] == [".env.dev"]


def test_of_a_computed_path_nothing_is_said_to_be_missing(tmp_path):
    code, *_ = PATTERN.partition("-- .env.dev --")
    it = opened(tmp_path, code)
    assert [each.why for each in explain(it.project, "X").outcomes if "not there" in each.why] == []
    it = opened(tmp_path / "literal", code.replace("f\".env.{os.environ['STAGE']}\"", "'.env.dev'"))
    whys = {each.runtime: each.why for each in explain(it.project, "X").outcomes}
    assert whys["gunicorn"] == "app.py:3 loads .env.dev, which does not exist"


def test_a_bare_name_decides_nothing_over_a_file_that_cannot_be_read(tmp_path):
    code = (
        "-- app.py --\nimport os\nfrom dotenv import load_dotenv\n"
        "load_dotenv('a.env')\nload_dotenv('b.env', override=True)\nos.environ['X']\n"
    )
    for line, state in (("X\n", "unknown"), ("X=1\n", "set")):
        it = opened(tmp_path / state, f"{code}-- b.env --\n{line}-- a.env as pipe --\n")
        outcomes = {each.runtime: each for each in explain(it.project, "X").outcomes}
        assert outcomes["gunicorn"].state == state


READERS = """\
-- app.py --
from dotenv import dotenv_values
from pydantic_settings import BaseSettings, SettingsConfigDict
class S(BaseSettings):
    model_config = SettingsConfigDict(env_file=(".env", "prod.env"))
    x: str
dotenv_values("own.env")["Y"]
-- .env --
X=env
-- prod.env --
X=prod
-- own.env --
Y=own
X=own
"""


@pytest.mark.parametrize(("name", "expected"), [("X", "prod"), ("Y", "own")])
def test_libraries_that_read_files_themselves(tmp_path, name, expected):
    it = opened(tmp_path, READERS)
    outcomes = {each.runtime: each for each in explain(it.project, name).outcomes}
    assert told(tmp_path, outcomes["gunicorn"]) == expected


IN_SRC = """\
-- src/app.py --
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    model_config = {"env_file": ".env"}
    x: str = ""
    y: str
print("X is", Settings(y="").x or None)
-- Makefile --
run:
	cd src && python app.py
"""


@pytest.mark.parametrize("env_file", [".env", "src/.env", "src/lib/.env"])
def test_a_relative_path_is_looked_up_where_the_program_starts(tmp_path, env_file):
    it = opened(tmp_path, f"-- {env_file} --\nX=env\n{IN_SRC}")
    outcomes = {outcome.runtime: outcome for outcome in explain(it.project, "X").outcomes}
    assert told(tmp_path, outcomes["python app.py (Makefile)"]) == really(tmp_path / "src", "app.py")


DECOUPLE = "-- app.py --\nfrom decouple import config\nprint('X is', config('X', default=None))\n"
BY_HAND = (
    "-- app.py --\nimport os\nfor line in open('.env'):\n    key, value = line.strip().split('=')\n"
    "    os.environ.setdefault(key, value)\nprint('X is', os.environ['X'])\n"
)
BRANCH = (
    "-- app.py --\nimport os\nfrom dotenv import load_dotenv\nif os.getenv('PROD'):\n"
    "    load_dotenv('prod.env', override=True)\nload_dotenv('.env')\nprint('X is', os.getenv('X'))\n"
)


@pytest.mark.parametrize(
    ("text", "state", "by", "maybe"),
    [
        (f"-- .env --\nX=env\n{DECOUPLE}", "set", "env", []),
        (
            f"-- .env --\nX=env\n-- settings.ini --\n[settings]\nX=ini\n{DECOUPLE}",
            "unknown",
            None,
            ["settings.ini"],
        ),
        (f"-- .env --\nX=env\n{BY_HAND}", "unknown", None, [".env"]),
        (f"-- .env --\nX=env\n-- prod.env --\nX=prod\n{BRANCH}", "unknown", "env", ["prod.env"]),
    ],
    ids=["decouple", "decouple and settings.ini", "by hand", "overridden in a branch"],
)
def test_what_a_server_gets_without_load_dotenv(tmp_path, text, state, by, maybe):
    it = opened(tmp_path, text)
    outcomes = {outcome.runtime: outcome for outcome in explain(it.project, "X").outcomes}
    found = outcomes["gunicorn"]
    assert (found.state, told(tmp_path, found)) == (state, by)
    assert [Path(path).name for path in found.maybe] == maybe
    assert really(tmp_path, "app.py") in ("env", "ini")


def test_a_settings_ini_without_the_name_does_not_set_it(tmp_path):
    """python-decouple does not look into the `.env` next to a `settings.ini`."""
    it = opened(tmp_path, f"-- .env --\nX=env\n-- settings.ini --\n[settings]\nY=ini\n{DECOUPLE}")
    outcomes = {outcome.runtime: outcome for outcome in explain(it.project, "X").outcomes}
    assert (outcomes["gunicorn"].state, outcomes["gunicorn"].maybe) == ("unset", ())
    assert really(tmp_path, "app.py") is None


def test_the_configuration_of_gunicorn_loads_first(tmp_path):
    text = (
        "-- .env --\nX=1\n-- Makefile --\nrun:\n\tgunicorn app:app\n"
        "-- app.py --\nimport os\nos.environ['X']\nfrom dotenv import load_dotenv\nload_dotenv()\n"
        "-- {} --\nfrom dotenv import load_dotenv\nload_dotenv()\n"
    )
    for name, expected in (("conf.py", "unset"), ("gunicorn.conf.py", "set")):
        it = opened(tmp_path / expected, text.format(name))
        states = {each.runtime: each.state for each in explain(it.project, "X").outcomes}
        assert (states["gunicorn"], states["gunicorn app:app (Makefile)"]) == (expected, expected)


IMAGE = "-- .env --\nX=1\n-- Dockerfile --\nCMD gunicorn app:app\n-- app.py --\nimport os\nos.environ['X']\n"


@pytest.mark.parametrize(
    ("service", "state"),
    [
        ("image: postgres\n    env_file: .env", "unset"),
        ("command: python other.py\n    env_file: .env\n-- other.py --\n", "unset"),
        ("build: .", "unset"),
        ("build: .\n    env_file: .env", "set"),
        ("build: .\n    command: gunicorn app:app\n    env_file: .env", "set"),
        ("build: .\n    environment: {X: 1}", "set"),
    ],
)
def test_a_service_of_compose_starts_the_image(tmp_path, service, state):
    it = opened(tmp_path, f"{IMAGE}-- compose.yaml --\nservices:\n  web:\n    {service}\n")
    states = {each.runtime: each.state for each in explain(it.project, "X").outcomes}
    assert states["gunicorn app:app (Dockerfile)"] == state
