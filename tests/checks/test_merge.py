"""Findings about one missing variable at one place are one finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import run_checks
from support.projects import opened

READ = "-- app.py --\nimport os\nX = int(os.getenv('A'))\n"


@pytest.mark.parametrize(
    ("files", "message"),
    {
        "set": (
            "-- .env --\nA=1\n",
            "int() gets None if A is not set, and the error does not name the variable",
        ),
        "missing": (
            "-- .env --\nB=1\n",
            "A is missing from .env and converted by int() without a default; this code fails without it",
        ),
        "missing from the template, too": (
            "-- .env --\nB=1\n-- .env.example --\nB=\n",
            "A is missing from .env, not listed in .env.example and converted by int() without a default;"
            " this code fails without it",
        ),
        "missing from two files, and from the template": (
            "-- .env --\nB=1\n-- db.env --\nC=1\n-- .env.example --\nB=\nC=\n-- wsgi.py --\n"
            "from dotenv import load_dotenv\nload_dotenv('.env')\nload_dotenv('db.env')\nimport app\n",
            "A is missing from .env and db.env, not listed in .env.example, and converted by int()"
            " without a default; this code fails without it",
        ),
    }.values(),
    ids=("set", "missing", "missing from the template, too", "missing from two files"),
)
def test_one_finding_at_one_place(tmp_path: Path, files: str, message: str) -> None:
    it = opened(tmp_path, f"{files}{READ}")
    found = run_checks(it.project, it.path("app.py"))
    assert [finding.message for finding in found] == [message]


def test_a_misspelt_name_that_a_settings_class_rejects(tmp_path: Path) -> None:
    it = opened(
        tmp_path,
        "-- .env --\nDATABSE_URL=x\n-- app.py --\nfrom pydantic_settings import BaseSettings\n"
        "class S(BaseSettings):\n    model_config = {'env_file': '.env'}\n    database_url: str\nS()\n",
    )
    (found,) = run_checks(it.project, it.path(".env"))
    assert (found.check, found.message) == (
        "forbidden-variable",
        "DATABSE_URL is not a field of S, which loads this file and forbids other names: it raises a "
        "ValidationError. app.py:4 reads DATABASE_URL, which nothing sets",
    )
    assert [fix.title for fix in found.fixes] == ["Rename to DATABASE_URL"]
