"""Projects whose requirements show that the `flask` command cannot load env files."""

from __future__ import annotations

import pytest

from configvars.runs.outcomes import outcome
from configvars.runs.ways import local_runs
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
