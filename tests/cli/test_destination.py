"""`--output-file`: the report goes to a file, and nothing to stdout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run

Tree = Callable[[str], Path]
_FILES = "-- .env --\nA=1\n-- app.py --\nimport os\nos.environ['A']\nos.environ['B']\n"


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "inventory",
        "inventory --output-format json",
        "diff",
        "diff --output-format json",
        "explain A",
        "explain A --output-format json",
        "rule",
        "rule missing-variable",
        "rule --output-format json",
    ],
)
def test_a_report_in_a_file_is_the_one_on_stdout(tree: Tree, run: Run, command: str) -> None:
    folder = tree(_FILES)
    shown = run(folder, *command.split())
    written = run(folder, *command.split(), "-o", "report")
    assert written.out == ""
    assert (folder / "report").read_text() == shown.out
    assert written.status == shown.status


@pytest.mark.parametrize("command", ["inventory", "diff", "explain A", "rule"])
def test_a_report_that_cannot_be_written(tree: Tree, run: Run, command: str) -> None:
    ran = run(tree(_FILES), *command.split(), "--output-file", "gone/report")
    assert ran.status == 2
    assert "not written to gone/report: the folder gone does not exist." in ran.err


@pytest.mark.parametrize("name", [".env", "app.py", "pyproject.toml", "Dockerfile"])
def test_a_report_replaces_no_file_of_a_project(tree: Tree, run: Run, name: str) -> None:
    folder = tree(f"{_FILES}-- pyproject.toml --\n-- Dockerfile --\nFROM x\n")
    before = (folder / name).read_text()
    ran = run(folder, "check", "-o", name)
    assert ran.status == 2
    assert f"not written to {name}: a project file exists at this path and would be lost." in ran.err
    assert (folder / name).read_text() == before


@pytest.mark.parametrize("name", ["report", "r.json", "r.sarif", "r.txt", "r.html", "r.yml", "r.md", "r.log"])
def test_a_report_replaces_the_previous_one(tree: Tree, run: Run, name: str) -> None:
    folder = tree(f"{_FILES}-- {name} --\nbefore\n")
    assert run(folder, "check", "-o", name).status == 1
    assert "before" not in (folder / name).read_text()
