"""`check --deploy` of Flask apps whose configuration class is chosen by a variable.

Each app is also really started with the variables of the row.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.forked import run_python
from support.projects import opened
from support.properties import REAL_STARTS

_CONFIG = """\
-- config.py --
import os
class Config:
    @staticmethod
    def init_app(app):
        pass
class Dev(Config):
    A = os.getenv("A", "x")
class Prod(Config):
    A = os.getenv("A")
    @classmethod
    def init_app(cls, app):
        Config.init_app(app)
        if not app.config["A"]:
            raise RuntimeError("A")
config = {"dev": Dev, "prod": Prod, "default": DEFAULT}
"""
_APP = """\
-- app.py --
import os
from flask import Flask
from config import config
def create_app(name):
    app = Flask(__name__)
    app.config.from_object(config[name])
    config[name].init_app(app)
    return app
app = create_app(CHOICE)
"""
_TWO = (
    '-- config.py --\nimport os\nclass DevConfig:\n    A = "x"\nclass ProdConfig:\n    A = os.getenv("A")\n'
)
_BY_TEXT = (
    f'{_TWO}-- app.py --\nimport os\nfrom flask import Flask\nmode = os.getenv("MODE", "DEFAULT")\n'
    'app = Flask(__name__)\napp.config.from_object(CHOICE)\nhosts = app.config["A"].split(",")\n'
)


def _app(choice: str, default: str = "Dev") -> str:
    return (_CONFIG + _APP).replace("CHOICE", choice).replace("DEFAULT", default)


def _by_text(choice: str, default: str) -> str:
    return _BY_TEXT.replace("CHOICE", choice).replace("DEFAULT", default)


_OR = 'os.getenv("MODE") or "default"'
_ALL = _app('os.environ["MODE"]').replace("pass", "int(os.getenv('A'))")
_SWAPPED = _app(_OR).replace('"dev": Dev, "prod": Prod', '"dev": Prod, "prod": Dev')

# The variables of the app, its files, and the severity of the finding about A.
ROWS = {
    "the default is for development": ("", _app(_OR), ""),
    "the default of getenv is for development": ("", _app('os.getenv("MODE", "dev")'), ""),
    "only development needs it": ("MODE=prod", _SWAPPED, ""),
    "the module is for development": ("", _by_text('f"config.{mode}Config"', "Dev"), ""),
    "the default needs it": ("", _app(_OR, "Prod"), "error"),
    "the default of getenv needs it": ("", _app('os.getenv("MODE", "prod")'), "error"),
    "the default after a method needs it": ("", _app('os.getenv("MODE", "PROD").lower()'), "error"),
    "the class in a string needs it": ("", _by_text('f"config.{mode}Config"', "Prod"), "error"),
    "the class in a sum needs it": ("", _by_text('"config." + mode + "Config"', "Prod"), "error"),
    "the class in the default needs it": ("", _by_text('os.getenv("X", "config.ProdConfig")', ""), "error"),
    "one of the classes needs it": ("MODE=prod", _app(_OR), "warning"),
    "one of the classes needs it, required name": ("MODE=prod", _app('os.environ["MODE"]'), "warning"),
    "all classes need it": ("MODE=dev", _ALL, "error"),
}


@pytest.mark.parametrize(("variables", "files", "expected"), ROWS.values(), ids=ROWS)
def test_chosen(tmp_path: Path, variables: str, files: str, expected: str) -> None:
    it = opened(tmp_path, f"-- heroku:shop --\n{variables}\n-- Procfile --\nweb: gunicorn app:app\n{files}")
    project = judged(it.workspace, str(tmp_path), deploying=True)
    found = [each for path in project.index.files for each in run_checks(project, path)]
    about = {str(each.severity) for each in found if each.variable and each.variable.name == "A"} - {"hint"}
    assert about == ({expected} if expected else set())
    if REAL_STARTS:
        assert _starts(tmp_path, variables) is not bool(expected)


def _starts(root: Path, variables: str) -> bool:
    """Whether Python can import the app with some variables."""
    given = dict([variables.split("=")]) if variables else {}
    code = "import sys; sys.path.insert(0, '.'); import app"
    environ = {"PATH": os.environ["PATH"], **given}
    return run_python("-c", code, cwd=root, env=environ).returncode == 0


def test_condition_is_named(tmp_path: Path) -> None:
    it = opened(tmp_path, f"-- heroku:shop --\nMODE=x\n-- Procfile --\nweb: gunicorn app:app\n{_app(_OR)}")
    project = judged(it.workspace, str(tmp_path), deploying=True)
    found = [each.message for path in project.index.files for each in run_checks(project, path)]
    assert found == [
        "A is not set on Heroku app shop; the code fails there without it, at config.py:14, if MODE is prod. "
        "Set it: `heroku config:set A=… --app shop`"
    ]
