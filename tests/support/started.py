"""Programs that need the variable A: whether a deploy reports it, and whether they really start.

`make test-fast` only compares what is reported with the rows; `make test` also starts each program.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.judging import judged
from configvars.model import Finding
from support.forked import run_python
from support.projects import opened
from support.properties import REAL_STARTS


def found_on_app(root: Path, files: str, variables: str = "") -> list[Finding]:
    """What a deploy to an app with these config vars finds; without a Procfile, gunicorn starts `app:app`."""
    procfile = "" if "Procfile" in files else "-- Procfile --\nweb: gunicorn app:app\n"
    it = opened(root, f"-- heroku:shop --\n{variables}{procfile}{files}")
    project = judged(it.workspace, str(root), deploying=True)
    return [each for path in project.index.files for each in run_checks(project, path)]


def is_reported(root: Path, files: str) -> bool:
    """Whether a deploy reports an error about A, which the app does not have."""
    found = found_on_app(root, files)
    return any(each.severity == "error" and each.variable and each.variable.name == "A" for each in found)


def severities(root: Path, files: str, variables: str = "") -> set[str]:
    """The severities with which a deploy reports variables that the app does not have."""
    found = found_on_app(root, files, variables)
    return {each.severity.value for each in found if each.check == "not-on-heroku"}


def starts(root: Path, code: str = "import app") -> bool:
    """Whether Python can execute code in the folder without any variables."""
    code = f"import sys; sys.path.insert(0, '.'); {code}"
    return run_python("-c", code, cwd=root, env={"PATH": os.environ["PATH"]}).returncode == 0


def starting(
    rows: Mapping[str, str], code: str = "import app", *, most: str = "information"
) -> Callable[[Path, str], None]:
    """A test of programs that start without the variable A, about which a deploy reports at most `most`."""

    @pytest.mark.parametrize("files", rows.values(), ids=rows)
    def test(tmp_path: Path, files: str) -> None:
        assert (found := severities(tmp_path, files)) <= {"information", most}, found
        if REAL_STARTS:
            assert starts(tmp_path, code), "the program fails"

    return test


def failing(rows: Mapping[str, str], code: str = "import app") -> Callable[[Path, str], None]:
    """A test of programs that fail without the variable A: a deploy reports an error about it."""

    @pytest.mark.parametrize("files", rows.values(), ids=rows)
    def test(tmp_path: Path, files: str) -> None:
        assert is_reported(tmp_path, files), "no error about A"
        if REAL_STARTS:
            assert not starts(tmp_path, code), "the program starts"

    return test
