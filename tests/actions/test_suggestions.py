"""The apps that the files of a folder suggest."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.actions.suggestions import app_of_remote, suggested
from configvars.workspace import Workspace
from support.fixtures import fixture

HEAD = "-- .git/HEAD --\nref: refs/heads/main\n-- .git/config --\n"
SHOP = '[remote "heroku"]\nurl = https://git.heroku.com/shop.git\n'
STAGING = '[remote "staging"]\nurl = git@heroku.com:shop-staging.git\n'
PREFERRED = "[heroku]\nremote = staging\n"
PYPROJECT = '-- pyproject.toml --\n[tool.configvars.heroku]\napps = ["shop", "shop-eu"]\n'


@pytest.mark.parametrize(
    ("files", "all_of_them", "by_remote"),
    [
        ("-- app.py --\n", (), None),
        (HEAD + '[remote "origin"]\nurl = https://github.com/me/shop.git\n', (), None),
        ('-- app.json --\n{"name": "Small Sharp Tool"}\n', (), None),
        ('-- app.json --\n{"name": {}}\n', (), None),
        ('-- app.json --\n{"name": "shop"', ("shop",), None),
        (PYPROJECT, ("shop", "shop-eu"), None),
        (HEAD + SHOP, ("shop",), "shop"),
        (HEAD + SHOP + STAGING, ("shop", "shop-staging"), None),
        (HEAD + SHOP + STAGING + PREFERRED, ("shop-staging", "shop"), "shop-staging"),
        (HEAD + STAGING + PYPROJECT, ("shop-staging", "shop", "shop-eu"), "shop-staging"),
        (HEAD + '[remote "heroku"]\nurl = https://git.heroku.com/--help.git\n', (), None),
        (HEAD + SHOP + "-- .env --\nA=1\n", ("shop",), "shop"),
    ],
)
def test_suggestions(tmp_path: Path, files: str, all_of_them: tuple[str, ...], by_remote: str | None) -> None:
    fixture(files).write(tmp_path)
    for trusted in (True, False):
        workspace = Workspace(str(tmp_path), trusted=trusted)
        assert suggested(workspace) == all_of_them
        assert app_of_remote(workspace) == by_remote
