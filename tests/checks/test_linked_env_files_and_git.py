"""What `tracked-by-git` and `not-git-ignored` say of an env file that is a symbolic link into the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.git import git
from support.projects import opened

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has few links")

CODE = "-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv()\n"
SECRET = "API_TOKEN=h4-rTz8!w\n"
LINKS = [
    "-- config/secrets --\n{}-- .env -> config/secrets --\n",
    "-- config/secrets --\n{}-- conf -> config --\n-- .env -> conf/secrets --\n",
    "-- config/secrets --\n{}-- .env -> .env.local --\n-- .env.local -> config/secrets --\n",
    "-- config/.env.real --\n{}-- .env -> config/.env.real --\n",
]


@pytest.mark.parametrize(
    "ignored", ["", ".env*\n", "config\n", "secrets\n.env*\n", "/config/*\n!/config/secrets\n"]
)
@pytest.mark.parametrize("added", ["", "config", ".env"])
@pytest.mark.parametrize("files", LINKS)
def test_the_target_of_a_link(tmp_path: Path, files: str, added: str, ignored: str) -> None:
    it = opened(tmp_path, f"{CODE}{files.format(SECRET)}-- .gitignore --\n{ignored}")
    git(tmp_path, "init", "-q")
    if added:
        git(tmp_path, "add", "-f", added)
    it.workspace.look_again()
    real = os.path.relpath(os.path.realpath(tmp_path / ".env"), tmp_path)
    tracked = git(tmp_path, "ls-files", real).strip() != ""
    would_add = real in git(tmp_path, "add", "--dry-run", ".")
    expected = {"tracked-by-git": tracked, "not-git-ignored": would_add and not tracked}
    found = [each for path in it.project.index.files for each in it.workspace.findings(path)]
    about = [each.check for each in found if each.check in expected]
    assert about == [name for name, is_so in expected.items() if is_so]
    assert all(real in each.message for each in found if each.check in expected)
