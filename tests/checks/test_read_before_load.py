"""Loads that a server does not run, and loads whose variables are not put into the environment."""

from __future__ import annotations

import os

import pytest
from environs import Env

from configvars.checks.read_before_load import READ_BEFORE_LOAD
from configvars.checks.tracked_by_git import INDEX_OF_ENV
from support.examples import findings
from support.projects import opened

PROJECT = """\
-- .env --
KEY=1
-- app.py --
import os
from dotenv import load_dotenv
if __name__ == "__main__":
    load_dotenv()
KEY = os.environ["KEY"]
-- Procfile --
web: gunicorn app:app
"""
IN_GIT = f"-- .git/HEAD --\nref: refs/heads/main\n-- .git/index --\n{INDEX_OF_ENV}\n"
FAILS = (
    "app.py:5:19 {} app.py:4 loads .env for KEY only under python app.py: this code fails under"
    " gunicorn app:app (Procfile), unless the environment sets it [see app.py:4:5: loads .env]"
)


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ("-- heroku:shop --\nKEY=1\n", ""),
        ("-- .env.example --\nKEY=\n", ""),
        ('-- app.json --\n{"env": {"KEY": {}}}\n', ""),
        ("-- app.json --\n{}\n", "information"),
        (IN_GIT, "warning"),
    ],
    ids=[
        "an app has it",
        "a template lists it",
        "app.json lists it",
        "config vars may set it",
        "the env file is deployed",
    ],
)
def test_a_procfile_and_a_load_in_the_main_block(tmp_path, more, severity):
    assert found_in(tmp_path, PROJECT + more) == ([FAILS.format(severity)] if severity else [])


@pytest.mark.parametrize(("above", "is_found"), [("", True), ("include .env\nexport\n", False)])
def test_a_makefile_and_a_load_in_the_main_block(tmp_path, above, is_found):
    text = PROJECT.partition("-- Procfile")[0] + f"-- Makefile --\n{above}serve:\n\tgunicorn app:app\n"
    message = FAILS.format("information").replace("Procfile", "Makefile")
    assert found_in(tmp_path, text) == ([message] if is_found else [])


ENVIRONS = """\
-- .env --
KEY=1
-- app.py --
import os
from environs import Env
env = Env()
env.read_env()
"""


@pytest.mark.parametrize(
    ("read", "requirements", "is_found"),
    [
        ("env('KEY')", "environs>=15", False),
        ("os.environ['KEY']", "environs>=9,<15", False),
        ("os.environ['KEY']", "environs==14.6.0", False),
        ("os.environ['KEY']", "environs>=9", True),
        ("os.environ['KEY']", "environs==15.0.0", True),
    ],
)
def test_environs_fills_the_environment_before_version_15(tmp_path, read, requirements, is_found):
    text = f"{ENVIRONS}{read}\n-- requirements.txt --\n{requirements}\n"
    assert bool(found_in(tmp_path, text)) is is_found


def test_the_installed_environs_does_not_fill_the_environment(tmp_path):
    (tmp_path / ".env").write_text("KEY=1\n", "utf-8")
    environ = dict(os.environ)
    env = Env()
    assert env.read_env(str(tmp_path / ".env"))
    assert env("KEY") == "1"
    assert dict(os.environ) == environ


def found_in(folder, text):
    project = opened(folder, text)
    return [project.finding(each) for each in findings(project.project, [READ_BEFORE_LOAD])]


RUN = """\
-- .env --
FLASK_KEY=1
{}-- app.py --
from dotenv import load_dotenv
from flask import Flask
app = Flask(__name__)
app.config.from_prefixed_env()
load_dotenv()
@app.get("/")
def index():
    return app.config["KEY"]
if __name__ == "__main__":
    app.run({})
"""
DEBUG = "-- .flaskenv --\nFLASK_DEBUG=1\n"


@pytest.mark.parametrize(
    ("more", "arguments", "fails"),
    [
        ("", "debug=True", False),
        ("", '\n        port=int(os.environ.get("PORT", 5000)),\n        debug=True,\n    ', False),
        ("", '"0.0.0.0", 5000, is_local()', False),
        ("", "debug=is_local()", False),
        ("", "**options", False),
        ("", "use_reloader=True", False),
        (DEBUG, "port=1", False),
        (DEBUG, "debug=False", True),
        (DEBUG, "use_reloader=False", True),
        ("", "debug = False", True),
        ("", "debug=True, use_reloader=False", True),
        ("", '"0.0.0.0", 5000', True),
        ("", "port=1)\n    app.debug_run(debug=True", True),
        ("", "port=1)\n    print(app.run, debug=True", True),
    ],
)
def test_the_reloader_of_app_run_inherits_what_is_loaded(tmp_path, more, arguments, fails):
    (found,) = found_in(tmp_path, RUN.format(more, arguments))
    assert ("under python app.py" in found) is fails
