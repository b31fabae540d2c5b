"""Paths of env files that code loads, where no file exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks.missing_env_file import MISSING_ENV_FILE
from configvars.settings import Settings
from support.examples import findings
from support.projects import opened


@pytest.mark.parametrize(
    ("file", "is_there"), [("conf/.env", True), ("src/conf/.env", True), ("conf/other.env", False)]
)
def test_an_excluded_file_is_not_missing(tmp_path: Path, file: str, is_there: bool) -> None:
    """It may be in the folder of the code, or in the project's."""
    code = "from dotenv import dotenv_values\ndotenv_values('conf/.env')['A']\n"
    text = f"-- .env --\nA=1\n-- {file} --\nA=1\n-- src/app.py --\n{code}"
    it = opened(tmp_path, text, Settings(exclude=("conf",)))
    assert (not findings(it.project, [MISSING_ENV_FILE])) is is_there
