"""`check --deploy`: a read that sets SECRET_KEY counts as far as the app uses the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.git import git
from support.properties import REAL_STARTS
from support.started import found_on_app, severities, starts

_APP = "-- app.py --\nimport os\nfrom flask import Flask, session\napp = Flask(__name__)\n"
_KEY = "app.config['SECRET_KEY'] = os.getenv('A')\n"
_VIEW = "@app.get('/')\ndef index():\n    session['x'] = 1\n    return ''\n"
_SESSION = "from flask_session import Session\nSession(app)\n"

# The code, and the severity with which A is reported.
ROWS = {
    "a file sets the key afterwards": (
        f'-- config.json --\n{{"SECRET_KEY": "x"}}\n'
        f"{_APP}{_KEY}import json\napp.config.from_file('config.json', load=json.load)\n{_VIEW}",
        set(),
    ),
    "Flask-Session": (f"{_APP}{_KEY}{_SESSION}{_VIEW}", set()),
    "another session": (
        f"{_APP}{_KEY}from mine import Kept\napp.session_interface = Kept()\n{_VIEW}",
        set(),
    ),
    "Flask-Session and forms": (
        f"{_APP}{_KEY}{_SESSION}from flask_wtf import FlaskForm\n"
        "class Form(FlaskForm):\n    pass\n@app.get('/')\ndef index():\n    Form()\n    return ''\n",
        {"error"},
    ),
    "nothing that uses it": (f"{_APP}{_KEY}", {"warning"}),
    "another key for forms": (
        f"{_APP}{_KEY}from flask_wtf import CSRFProtect\n"
        "app.config['WTF_CSRF_SECRET_KEY'] = 'x'\nCSRFProtect(app)\n",
        {"warning"},
    ),
    "a prefix that the app does not use": (f"{_APP}{_KEY}app.config.from_prefixed_env()\n{_VIEW}", {"error"}),
    "a test that reads the key": (
        f"{_APP}{_KEY}-- tests/test_app.py --\nfrom app import app\napp.config['SECRET_KEY']\n",
        {"warning"},
    ),
    "code that signs with the key": (
        f"{_APP}{_KEY}import jwt\n@app.get('/')\n"
        "def index():\n    return jwt.encode({}, app.config.get('SECRET_KEY'))\n",
        {"error"},
    ),
    "a session": (f"{_APP}{_KEY}{_VIEW}", {"error"}),
}


@pytest.mark.parametrize(("files", "expected"), ROWS.values(), ids=ROWS)
def test_key(tmp_path: Path, files: str, expected: set[str]) -> None:
    assert severities(tmp_path, files) == expected


# Reads that raise without A, although no code uses the key, and what the app sets with each.
_FLASK = "-- app.py --\nimport os\nfrom flask import Flask\napp = Flask(__name__)\n"
RAISING = {
    "a key": f"{_FLASK}app.config['SECRET_KEY'] = os.environ['A']\n",
    "an attribute": f"{_FLASK}app.secret_key = os.environ['A']\n",
    "from_mapping": f"{_FLASK}app.config.from_mapping(SECRET_KEY=os.environ['A'])\n",
    "update": f"{_FLASK}app.config.update(SECRET_KEY=os.environ['A'])\n",
    "a class": f"{_FLASK}class Config:\n    SECRET_KEY = os.environ['A']\napp.config.from_object(Config)\n",
    "a factory": (
        "-- app.py --\nimport os\nfrom flask import Flask\ndef create_app():\n    app = Flask(__name__)\n"
        "    app.config['SECRET_KEY'] = os.environ['A']\n    return app\napp = create_app()\n"
    ),
    "decouple": f"{_FLASK}from decouple import config\napp.config['SECRET_KEY'] = config('A')\n",
    "environs": f"{_FLASK}from environs import Env\napp.config['SECRET_KEY'] = Env().str('A')\n",
    "bytes": f"{_FLASK}app.secret_key = os.getenv('A').encode()\n",
    "bytes of the attribute": f"{_FLASK}app.secret_key = os.getenv('A')\nprint(app.secret_key.encode())\n",
    "bytes of the key": (
        f"{_FLASK}app.config['SECRET_KEY'] = os.getenv('A')\nprint(app.config['SECRET_KEY'].encode())\n"
    ),
    "the name": f"{_FLASK}KEY = os.getenv('A')\napp.secret_key = KEY\nprint(KEY.encode())\n",
    "a class that other code also uses": (
        "-- config.py --\nimport os\nclass Config:\n    SECRET_KEY = os.getenv('A')\n"
        f"{_FLASK}import config\napp.config.from_object(config.Config)\nconfig.Config.SECRET_KEY.encode()\n"
    ),
    "a module that other code also uses": (
        "-- config.py --\nimport os\nSECRET_KEY = os.getenv('A')\n"
        f"{_FLASK}import config\napp.config.from_object(config)\nconfig.SECRET_KEY.encode()\n"
    ),
    "bytes of a class": (
        f"{_FLASK}class Config:\n    SECRET_KEY = os.getenv('A').encode()\napp.config.from_object(Config)\n"
    ),
}


@pytest.mark.parametrize("files", RAISING.values(), ids=RAISING)
def test_a_read_that_raises_is_an_error_whatever_it_sets(tmp_path: Path, files: str) -> None:
    assert severities(tmp_path, files) == {"error"}
    if REAL_STARTS:
        assert not starts(tmp_path)


def test_a_key_that_nothing_uses_is_not_said_to_fail(tmp_path: Path) -> None:
    found = [each.message for each in found_on_app(tmp_path, f"{_APP}{_KEY}")]
    assert found == [
        "A is not set on Heroku app shop; without it Flask's SECRET_KEY is None, in the web process. "
        "Set it: `heroku config:set A=… --app shop`"
    ]


def test_an_instance_folder_that_git_tracks_is_deployed(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "config.py").write_text("SECRET_KEY = 'x'\n")
    git(tmp_path, "add", "instance/config.py")
    load = "app.config.from_pyfile('config.py', silent=True)\n"
    app = _APP.replace("__name__", "__name__, instance_relative_config=True")
    files = f"-- instance/config.py --\nSECRET_KEY = 'x'\n{app}{_KEY}{load}{_VIEW}"
    checks = {each.check for each in found_on_app(tmp_path, files)}
    assert checks == {"missing-optional-variable", "overwritten-variable"}
