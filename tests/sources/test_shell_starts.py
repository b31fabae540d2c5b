"""What a shell script starts: in which folder, and after which env files."""

from __future__ import annotations

import pytest

from configvars.sources.shell_starts import script_starts


@pytest.mark.parametrize(
    ("script", "folder", "files"),
    [
        ("set -a\n. ./.env\nflask run\n", "", (".env",)),
        ("set -a\n. ./.env\ncd api\nflask run\n", "api", ("../.env",)),
        ("set -a\ncd api\n. ./.env\nflask run\n", "api", (".env",)),
        (". ./.env\nflask run\n", "", ()),
    ],
)
def test_env_files_are_relative_to_the_folder_of_the_program(
    script: str, folder: str, files: tuple[str, ...]
) -> None:
    assert [(start.folder, start.env_files) for start in script_starts(script)] == [(folder, files)]
