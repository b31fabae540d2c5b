"""How grave a load in the main block is, if a Procfile starts a server: it depends on what is deployed."""

from __future__ import annotations

import pytest

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
        ("-- app.json --\n{}\n", "information"),
        (IN_GIT, "warning"),
    ],
    ids=["an app has it", "a template lists it", "config vars may set it", "the env file is deployed"],
)
def test_a_procfile_and_a_load_in_the_main_block(tmp_path, more, severity):
    project = opened(tmp_path, PROJECT + more)
    found = [project.finding(each) for each in findings(project.project, [READ_BEFORE_LOAD])]
    assert found == ([FAILS.format(severity)] if severity else [])
