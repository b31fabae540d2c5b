"""Finds the programs that the tests run.

CI has all of them; elsewhere a skipped test says what is missing.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

REPOSITORY = Path(__file__).parents[2]


def heroku_cli() -> Path:
    """The real Heroku CLI: `CONFIGVARS_HEROKU`, else the one of this project, else the one on PATH."""
    own = REPOSITORY / ".parts/heroku/node_modules/.bin/heroku"
    found = os.environ.get("CONFIGVARS_HEROKU") or (own if own.exists() else shutil.which("heroku"))
    if not found:
        missing("the Heroku CLI", "run `make parts`, or set CONFIGVARS_HEROKU to its absolute path")
    return Path(found)


def missing(part: str, remedy: str) -> NoReturn:
    """Skip a test, with a message, because a part is missing; with `CI=true` the test fails."""
    message = f"NOT TESTED, {part} is missing: {remedy}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
