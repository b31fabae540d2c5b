"""Paths in the settings of VS Code."""

from __future__ import annotations

import pytest

from configvars.sources.vscode_json import from_folder


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("app.py", "app.py"),
        ("${workspaceFolder}/app.py", "app.py"),
        ("${workspaceRoot}/app.py", "app.py"),
        ("${file}", "${file}"),
    ],
)
def test_a_path_is_relative_to_the_folder(written: str, path: str) -> None:
    assert from_folder(written) == path
