"""Which files of the server's wheels the extension contains."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

BUNDLE = runpy.run_path(str(Path(__file__).parents[2] / "client-vscode" / "scripts" / "bundle.py"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tree_sitter/_binding.pyi", False),
        ("dotenv-1.0.dist-info/RECORD", False),
        ("yaml/_yaml.cpython-311-x86_64-linux-gnu.so", False),
        ("yaml/_yaml.cp311-win_amd64.pyd", False),
        ("dotenv-1.0.dist-info/licenses/LICENSE", True),
        ("tree_sitter/_binding.cpython-311-x86_64-linux-gnu.so", True),
        ("yaml/reader.py", True),
    ],
)
def test_accelerators_and_installer_files_are_not_bundled(name: str, expected: bool) -> None:
    assert BUNDLE["is_needed"](name) == expected
