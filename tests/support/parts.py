"""Where the real parts are that the tests drive. CI has them all; elsewhere a test says what it lacks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

REPOSITORY = Path(__file__).parents[2]


def heroku_cli() -> Path:
    """The real Heroku CLI: `CONFIGVARS_HEROKU`, else the project's own copy, else the one on PATH."""
    own = REPOSITORY / ".parts/heroku/node_modules/.bin/heroku"
    found = os.environ.get("CONFIGVARS_HEROKU") or (own if own.exists() else shutil.which("heroku"))
    if not found:
        missing("the Heroku CLI", "run `make parts`, or set CONFIGVARS_HEROKU to its absolute path")
    return Path(found)


def missing(part: str, remedy: str) -> NoReturn:
    """Skip a test loudly for want of a part; under `CI=true` that is a failure."""
    message = f"NOT TESTED, {part} is missing: {remedy}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
