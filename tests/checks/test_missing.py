"""What is said of a variable that is missing, as people read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks.missing_variable import MISSING_VARIABLE
from support.projects import opened


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ("-- .env --\nA=1\n", "B is missing from .env; this code fails without it"),
        (
            "-- .env --\nA=1\n-- .env.local --\nB=1\n",
            "B is missing from .env; this code fails without it"
            " (set in .env.local, which nothing loads here)",
        ),
        (
            "-- .env --\nA=1\n-- heroku:shop --\nB=1\n",
            "B is missing from .env; this code fails without it (set on Heroku app shop)",
        ),
    ],
)
def test_message(tmp_path: Path, files: str, message: str) -> None:
    it = opened(tmp_path, f"{files}-- app.py --\nimport os\nos.environ['B']\n")
    facts = it.project.index.files[it.path("app.py")]
    assert [finding.message for finding in MISSING_VARIABLE.run(facts, it.project)] == [message]
