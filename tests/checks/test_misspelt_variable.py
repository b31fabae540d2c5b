"""Env files that misspell a name that the code needs."""

from __future__ import annotations

from pathlib import Path

from configvars.checks.misspelt_variable import MISSPELT_VARIABLE
from support.examples import findings
from support.projects import opened


def test_the_name_that_the_code_reads_is_the_preferred_fix(tmp_path: Path) -> None:
    it = opened(tmp_path, "-- .env --\nSECRT_KEY=1\n-- app.py --\nimport os\nos.environ['SECRET_KEY']\n")
    (found,) = findings(it.project, [MISSPELT_VARIABLE])
    assert [(fix.title, fix.preferred) for fix in found.fixes] == [("Rename to SECRET_KEY", True)]
