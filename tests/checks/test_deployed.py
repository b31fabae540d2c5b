"""What sets a variable on a Heroku app besides its config vars."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.projects import opened


@pytest.mark.parametrize(
    ("name", "is_missing"), [("PORT", False), ("HOME", False), ("CI", True), ("A", True)]
)
@pytest.mark.parametrize("deploying", [False, True])
def test_what_the_platform_sets(tmp_path: Path, name: str, is_missing: bool, deploying: bool) -> None:
    """`CI` is set where tests run, and on no app."""
    it = opened(
        tmp_path,
        "-- heroku:shop --\n-- Procfile --\nweb: gunicorn app:app\n-- app.py --\n"
        f"import os\nos.environ['{name}']\n",
    )
    project = judged(it.workspace, str(tmp_path), deploying=deploying)
    found = {each.check for each in run_checks(project, it.path("app.py"))}
    assert ("not-on-heroku" in found) is is_missing
