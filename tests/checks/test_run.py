"""What settings and comments silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.settings import Settings
from configvars.workspace import Workspace
from support.fixtures import fixture

FILES = "-- app.json --\n{,}\n-- sub/.env --\nA=1\nA=2\n"


@pytest.mark.parametrize(
    ("ignores", "found"),
    [
        ({}, {"syntax-error", "duplicate-variable"}),
        ({"app.json": ("syntax-error",), "sub/": ("duplicate-variable",)}, set()),
        ({"*": ("duplicate-variable",)}, {"syntax-error"}),
        ({"/.env": ("duplicate-variable",)}, {"syntax-error", "duplicate-variable"}),
        ({"app.json": ("duplicate-variable", "no-such-check")}, {"syntax-error", "duplicate-variable"}),
        ({"!": ("syntax-error",), ".env": ("duplicate-variable",)}, {"syntax-error"}),
    ],
)
def test_checks_that_a_setting_leaves_out_in_some_files(
    tmp_path: Path, ignores: dict[str, tuple[str, ...]], found: set[str]
) -> None:
    fixture(FILES).write(tmp_path)
    only = {"syntax-error", "duplicate-variable"}
    workspace = Workspace(str(tmp_path), Settings(per_file_ignores=ignores))
    for _ in workspace.load():
        pass
    findings = [each for path in workspace.project().index.files for each in workspace.findings(path)]
    assert {each.check for each in findings} & only == found
