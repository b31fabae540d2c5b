"""The benchmark runs and measures what it claims to measure. The tests do not judge any time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.editing import places
from bench.generated import LINES, MODULES, READS, write_app, write_long_file
from bench.table import milliseconds, table, times
from configvars.model import Access
from configvars.workspace import Workspace

pytestmark = pytest.mark.slow


def test_keys_are_typed_where_a_statement_is_allowed() -> None:
    text = '''\
"""A module."""
from __future__ import annotations

import os

NAMES = (
    1,
    2,
    3,
    4,
)

@cached
def last():
    return os.environ["A"]
'''
    lines = text.splitlines()
    found = {place: "\n".join(lines[line : line + 1]) for place, line in places(text).items()}
    assert found == {"end": "", "middle": "NAMES = (", "top": "import os"}


def test_every_read_of_the_generated_projects_is_found(tmp_path: Path) -> None:
    config = write_app(tmp_path / "app")
    long = write_long_file(tmp_path / "long")
    assert len(config.read_text("utf-8").splitlines()) == 300
    assert len(long.read_text("utf-8").splitlines()) == LINES
    assert _reads(tmp_path / "long") == READS
    # Each module of the app reads two variables with a function of config.py, which itself reads 290.
    assert _reads(tmp_path / "app") == 2 * MODULES + 290


def _reads(folder: Path) -> int:
    workspace = Workspace(str(folder))
    for _ in workspace.load():
        pass
    return sum(
        reference.variable.scope == "env" and reference.access == Access.READ
        for facts in workspace.project().index.files.values()
        for reference in facts.references
    )


def test_a_table_is_rendered() -> None:
    assert (
        table(["tree", "× ruff", "wait"], [["ctfd", times(1.94, 0.02), f"{milliseconds(0.0031)} ms"]])
        == "| tree | × ruff | wait |\n| --- | --: | --: |\n| ctfd | 97 × | 3.1 ms |"
    )


@pytest.mark.e2e
def test_all_parts_of_the_report_are_made() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "generated", "--runs", "1", "--keys", "1"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "tests"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    titles = [line for line in done.stdout.splitlines() if line.startswith("#")]
    assert titles == ["### `check`", "### A keystroke, and opening a file", "### Start", "### Counted work"]
    assert done.stdout.count("| generated |") == 3
