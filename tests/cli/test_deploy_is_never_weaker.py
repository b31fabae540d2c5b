"""`check --deploy` says at least what plain `check --app` says of the code that runs, and no less gravely."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.checks.groups import DEPLOY, ON_APPS
from configvars.cli.judging import judged
from configvars.cli.loaded import unrun
from configvars.cli.names import with_selection
from configvars.model import Finding, Severity
from configvars.settings import Settings
from support.git import git
from support.projects import Opened, opened

ABOUT_APPS = {"missing-variable", *DEPLOY, *ON_APPS}
FLASK = "import os\nfrom flask import Flask, session\napp = Flask(__name__)\n"
SESSION = '@app.get("/")\ndef index():\n    session["seen"] = True\n'

READS = {
    "item": 'import os\nos.environ["A"]\n',
    "getenv": 'import os\nint(os.getenv("A"))\n',
    "optional": 'import os\nos.getenv("A")\n',
    "default": 'import os\nos.getenv("A", "x")\n',
    "guarded": 'import os\nif "A" in os.environ:\n    os.environ["A"]\n',
    "helper": 'import os\ndef need(name):\n    return os.environ[name]\nneed("A")\n',
    "constant": 'import os\nNAME = "A"\nos.environ[NAME]\n',
    "loop": 'import os\nfor name in ("A", "B"):\n    os.environ[name]\n',
    "decouple": 'from decouple import config\nconfig("A")\n',
    "environs": 'from environs import Env\nenv = Env()\nenv.str("A")\n',
    "pydantic": "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    a: str\n",
    "prefixed": f'{FLASK}app.config.from_prefixed_env()\nX = app.config["STRIPE"]\n',
    "prefixed with another prefix": (f'{FLASK}app.config.from_prefixed_env("MYAPP")\n'
    f'X = app.config["STRIPE"]\n'),
    "session key": f'{FLASK}app.secret_key = os.environ.get("SECRET_KEY")\n{SESSION}',
    "session key in config": f'{FLASK}app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY")\n{SESSION}',
    "database": f'{FLASK}app.config["SQLALCHEMY_DATABASE_URI"] = os.getenv("A")\n',
    "URL": 'import os\nhost = os.getenv("A")\nurl = f"postgresql://{host}/x"\n',
    "Django": "import os\nINSTALLED_APPS = []\nSECRET_KEY = os.environ.get('A')\n",
    "switch": 'import os\nUSE_S3 = os.getenv("USE_S3")\nif USE_S3:\n    os.environ["A"]\n',
    "switch that is off": ('import os\nDEBUG = os.environ.get("DEBUG")\nif not DEBUG:\n'
    '    os.environ["A"]\n'),
    "switch with a default": (
        'import os\nDEBUG = os.environ.get("DEBUG", "") == "1"\nif not DEBUG:\n    os.environ["A"]\n'
    ),
    "flag": ('import os\nimport settings\nif not settings.DEBUG:\n    os.environ["A"]\n'
    '-- settings.py --\nDEBUG = True\n'),
    "set in main": 'import os\nos.environ["A"]\nif __name__ == "__main__":\n    os.environ["A"] = "x"\n',
    "one of two": 'import os\nos.environ["A"] if "A" in os.environ else os.environ["B"]\n',
    "script": 'print(1)\n-- scripts/a.py --\nimport os\nos.environ["A"]\n',
    "test": 'print(1)\n-- tests/test_a.py --\nimport os\nos.environ["A"]\n',
    "shell": "print(1)\n-- start.sh --\necho ${A:?}\n",
    "Procfile": 'print(1)\n-- Procfile --\nweb: gunicorn -b "0.0.0.0:${A:?}" app:app\n',
    "manifest": ('print(1)\n-- app.json --\n'
    '{"env": {"A": {"required": true}}, "addons": ["heroku-redis"]}\n'),
    "storage": (f'{FLASK}app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///x.db"\n-- Procfile --\n'
    f'web: gunicorn app:app\n'),
}  # fmt: skip
APPS = {
    "empty": "-- heroku:shop --\n",
    "other": "-- heroku:shop --\nB=1\nUSE_S3=1\nDEBUG=1\n",
    "one of two": "-- heroku:shop --\nA=1\nSECRET_KEY=1\nSTRIPE=1\n-- heroku:staging --\n",
}
FILES = {
    "no env file": "",
    "env file": "-- .env --\nB=1\n",
    "template": "-- .env.example --\nA=\nSECRET_KEY=\nFLASK_STRIPE=\nMYAPP_STRIPE=\n",
    "Procfile": "-- Procfile --\nweb: gunicorn app:app\n",
}


def findings(it: Opened, *, deploying: bool) -> Iterator[Finding]:
    args = argparse.Namespace(deploy=deploying, select=[], extend_select=[], ignore=[], exclude=[])
    it.workspace.configure(with_selection(Settings(), args))
    root = str(it.root)
    project = judged(it.workspace, root, deploying=deploying, unrun=unrun(it.workspace, root))
    for path in sorted(project.index.files):
        yield from run_checks(project, path)


@pytest.mark.parametrize(
    "files",
    [
        "no env file",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("env file", "template")),
        "Procfile",
    ],
)
@pytest.mark.parametrize("read", READS)
def test_everything_is_said(tmp_path: Path, read: str, files: str) -> None:
    git(tmp_path, "init", "-q")
    for number, app in enumerate(APPS.values()):
        it = opened(tmp_path / str(number), f"{app}{FILES[files]}-- app.py --\n{READS[read]}")
        plain, gate = findings(it, deploying=False), list(findings(it, deploying=True))
        not_loaded = unrun(it.workspace, str(it.root)).files
        for said in plain:
            if (
                said.path in not_loaded
                or said.severity is Severity.HINT
                or said.check not in ABOUT_APPS
                or "eroku" not in said.message
            ):
                continue
            same = [each for each in gate if (each.path, each.span) == (said.path, said.span)]
            assert any(each.severity.rank <= said.severity.rank for each in same), (app, said.message)


def _reason(message: str) -> str:
    _, needs, why = message.partition("; the code that needs it")
    return why if needs else message.partition("without it")[2].partition(". ")[0]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (
            'USE_S3 = os.getenv("USE_S3")\nif USE_S3:\n    os.environ["A"]\n',
            "information (under `if USE_S3`) does not run there, because USE_S3 is not set there",
        ),
        ('DEBUG = os.getenv("DEBUG")\nif not DEBUG:\n    os.environ["A"]\n', "error"),
        ('DEBUG = os.getenv("DEBUG", "") == "1"\nif not DEBUG:\n    os.environ["A"]\n', "error"),
        ('if os.getenv("A"):\n    os.environ["A"]\n', ""),
        (
            'if os.getenv("USE_S3", "0") == "1":\n    os.environ["A"]\n',
            "information does not run there, because USE_S3 is not set there",
        ),
        ('if int(os.getenv("USE_S3", "1")):\n    os.environ["A"]\n', "error"),
        (
            'DEBUG = os.getenv("DEBUG")\nif not DEBUG:\n    os.environ["A"]\n'
            "-- Procfile --\nweb: DEBUG=1 gunicorn app:app\n",
            "information (under `if not DEBUG`) does not run there, because DEBUG is set there",
        ),
        ('if "DYNO" in os.environ:\n    os.environ["A"]\n', "error"),
        ('if os.getenv("PORT"):\n    os.environ["A"]\n', "error"),
        (
            'if os.getenv("USE_S3"):\n    os.environ["A"]\n-- Procfile --\nweb: USE_S3=1 gunicorn app:app\n',
            "error, in the web process",
        ),
        (
            'if __name__ == "__main__":\n    os.environ["A"]\n-- Procfile --\nweb: gunicorn app:app\n',
            "information, but the processes of the Procfile do not run this file as a program",
        ),
        (
            'if __name__ == "__main__":\n    os.environ["A"]\n-- Procfile --\nweb: python app.py\n',
            "error, in the web process",
        ),
    ],
)
def test_a_read_behind_a_switch_that_the_app_does_not_have(tmp_path: Path, read: str, expected: str) -> None:
    it = opened(tmp_path, f"-- heroku:shop --\n-- app.py --\nimport os\n{read}")
    told = [each for each in findings(it, deploying=True) if each.check == "not-on-heroku"]
    shown = [f"{each.severity}{_reason(each.message)}" for each in told]
    assert ", ".join(shown) == expected
