"""Code that names a variable above the load of the env file, and reads it below."""

from __future__ import annotations

import pytest

from configvars.checks.read_before_load import READ_BEFORE_LOAD
from support.examples import findings
from support.projects import opened

SETTINGS = "from dotenv import load_dotenv\nfrom pydantic_settings import BaseSettings\n"
FIELDS = f"{SETTINGS}class Settings(BaseSettings):\n    key: str\n"
NAMED_ABOVE = {
    "a scheme of django-environ": (
        "import environ\nenv = environ.Env(KEY=(bool, False))\nenviron.Env.read_env('.env')\nenv('KEY')\n"
    ),
    "a scheme of envparse": (
        "from envparse import Env\nenv = Env(KEY=dict(cast=bool, default=False))\n"
        "env.read_envfile()\nenv('KEY')\n"
    ),
    "a settings class": f"{FIELDS}load_dotenv()\nSettings()\n",
    "a settings class that another extends": (
        f"{FIELDS}class Own(Settings):\n    pass\nload_dotenv()\nOwn()\n"
    ),
    "a class of environ-config": (
        "import environ\nfrom dotenv import load_dotenv\n@environ.config(prefix=None)\nclass Settings:\n"
        "    key = environ.var()\nload_dotenv()\nenviron.to_config(Settings)\n"
    ),
    "an option of a command": (
        "import click\nfrom dotenv import load_dotenv\n@click.command()\n"
        "@click.option('--key', envvar='KEY', required=True)\ndef main(key):\n    print(key)\n"
        "load_dotenv()\nmain()\n"
    ),
}
READ_ABOVE = {
    "django-environ": (
        "import environ\nenv = environ.Env(KEY=(bool, False))\nenv('KEY')\nenviron.Env.read_env('.env')\n",
        "KEY is read before app.py:4 loads .env: the default is used",
    ),
    "a settings class": (
        f"{FIELDS}Settings()\nload_dotenv()\n",
        "KEY is read before app.py:6 loads .env: this code fails",
    ),
    "a settings class that another extends": (
        f"{FIELDS}class Own(Settings):\n    pass\nOwn()\nload_dotenv()\n",
        "KEY is read before app.py:8 loads .env: this code fails",
    ),
}


@pytest.mark.parametrize("code", NAMED_ABOVE.values(), ids=NAMED_ABOVE)
def test_a_name_above_the_load_and_the_read_below_it(tmp_path, code):
    assert found_in(tmp_path, code) == []


@pytest.mark.parametrize(("code", "message"), READ_ABOVE.values(), ids=READ_ABOVE)
def test_a_read_above_the_load(tmp_path, code, message):
    assert [found.partition(" under ")[0] for found in found_in(tmp_path, code)] == [message]


def found_in(folder, code):
    project = opened(folder, f"-- .env --\nKEY=1\n-- app.py --\n{code}").project
    return [each.message for each in findings(project, [READ_BEFORE_LOAD])]
