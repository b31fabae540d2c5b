"""Checks are run only in files that contain what they are about; they find nothing in any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import CHECKS
from configvars.checks.base import Check
from configvars.checks.subjects import Subject, subjects_of
from configvars.project import Project
from support.examples import found_without_subject
from support.projects import opened

RICH = """\
-- .env --
A=1
A=2
-- .env.example --
A=
-- Procfile --
web: FLASK_ENV=production gunicorn app:app
-- app.json --
{"env": {"A": {"required": true}}, "addons": ["heroku-redis"]}
-- config.py --
import os
class Config:
    secret_key = "x"
    SECRET_KEY = os.urandom(8)
    REDIS_URL = os.environ["REDIS_URL"]
-- app.py --
from flask import Flask
app = Flask(__name__)
app.config.from_object("config.Config")
app.config["TESTNG"] = 1
print(app.env, app.config["A_KEY"], app.config.OTHER)
-- page.html --
{{ config.NOT_THERE }}
-- empty.py --
password = "postgres://me:correcthorse@db.example.com/x"
"""


def test_what_a_file_contains(tmp_path: Path) -> None:
    it = opened(tmp_path, RICH)
    shown = {
        it.project.relative(path): [each.name for each in Subject if each.value & subjects_of(facts)]
        for path, facts in it.project.index.files.items()
    }
    assert shown[".env"] == ["ENV_FILE", "SETS"]
    assert shown["Procfile"] == ["OTHER"]
    assert shown["config.py"][0] == "PYTHON"
    assert {"READS", "OBJECTS"} <= {*shown["config.py"]}
    assert {"FLOWS", "STEPS", "ATTRIBUTES"} <= {*shown["app.py"]}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return opened(tmp_path_factory.mktemp("rich"), RICH).project


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_nothing_is_found_without_the_subject(rich: Project, check: Check) -> None:
    """The same is tested with the examples of all checks (`test_registry.py`)."""
    assert found_without_subject(check, rich) == []
