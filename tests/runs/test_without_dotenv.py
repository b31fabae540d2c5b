"""Projects whose requirements show that the `flask` command cannot load env files."""

from __future__ import annotations

import pytest

from configvars.runs.outcomes import outcome
from configvars.runs.ways import local_runs
from configvars.runs.without_dotenv import is_only_for_flask
from support.projects import opened

APP = '-- .env --\nKEY=1\n-- app.py --\nimport os\nfrom flask import Flask\nos.environ["KEY"]\n'
FROZEN = "click\nFlask\nitsdangerous\nJinja2\nMarkupSafe\nWerkzeug\n"


@pytest.mark.parametrize(
    ("requirements", "state"),
    [
        ("", "set"),
        ("-- requirements.txt --\nFlask\ngunicorn\n", "set"),
        (f"-- requirements.txt --\n{FROZEN}python-dotenv\n", "set"),
        (f"-- requirements.txt --\n{FROZEN}-- requirements/dev.txt --\npython_dotenv\n", "set"),
        (f"-- requirements.txt --\n{FROZEN}", "unset"),
    ],
    ids=["none", "not all packages", "python-dotenv", "for developers", "without python-dotenv"],
)
def test_flask_run(tmp_path, requirements, state):
    project = opened(tmp_path, APP + requirements).project
    runs = {run.name: run for run in local_runs(project, "KEY", str(tmp_path / "app.py"))}
    assert outcome(project, "KEY", runs["flask run"]).state == state
    assert outcome(project, "KEY", runs["heroku local"]).state == "set"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ("-- Procfile --\nweb: flask run\n", False),
        ("-- set.py --\nfrom dotenv import load_dotenv\nload_dotenv()\n", False),
        ("-- set.py --\nimport os\nfor line in open('.env'):\n    os.environ[line] = line\n", False),
        ("-- Makefile --\ninclude .env\nrun:\n\tflask run\n", False),
        ("-- other/justfile --\n", True),
        ("", True),
    ],
    ids=["a tool", "code loads it", "code may load it", "a makefile", "a tool elsewhere", "nothing else"],
)
def test_only_flask_would_load_it(tmp_path, files, expected):
    project = opened(tmp_path, f"{APP}-- requirements.txt --\n{FROZEN}{files}").project
    assert is_only_for_flask(project, str(tmp_path / ".env")) is expected
    assert not is_only_for_flask(project, str(tmp_path / "app.py"))
