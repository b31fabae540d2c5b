"""Apps named by a pipeline, a git remote or a picker, with the real Heroku CLI and the Heroku API of the
tests.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from configvars.lsp.convert.uris import uri_of
from support.fixtures import fixture
from support.git import git
from support.lsp_client import LspClient

pytestmark = pytest.mark.e2e

SHOP = """\
-- app.py --
import os
os.environ["SECRET_KEY"], os.environ["OF_REVIEW"], os.environ["NOWHERE"]
-- .env --
SECRET_KEY=1
OF_REVIEW=1
NOWHERE=1
-- .gitignore --
.env
-- app.json --
{"env": {"SECRET_KEY": {"generator": "secret"}}, "environments": {"review": {"env": {"OF_REVIEW": "1"}}}}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    fixture(SHOP).write(tmp_path / "shop")
    git(tmp_path / "shop", "init", "-q")
    git(tmp_path / "shop", "remote", "add", "production", "https://git.heroku.com/shop.git")
    git(tmp_path / "shop", "remote", "add", "staging", "git@heroku.com:shop-staging.git")
    git(tmp_path / "shop", "remote", "add", "origin", "https://example.org/shop.git")
    return tmp_path / "shop"


def diff(folder: Path, environ: dict[str, str], *words: str) -> tuple[int, list[str], list[str]]:
    """The exit status, the table's columns, and the text below the table or instead of it."""
    command = [sys.executable, "-m", "configvars", "diff", *words]
    ran = subprocess.run(
        command,
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    table, _, below = ran.stdout.partition("\n\n")
    return (
        ran.returncode,
        table.partition("\n")[0].split()[2:],
        [*below.splitlines(), *ran.stderr.splitlines()],
    )


def test_the_stages_of_a_pipeline_and_its_review_apps(shop: Path, environ: dict[str, str]) -> None:
    status, columns, said = diff(shop, environ, "--pipeline", "shop-pipeline")
    assert (status, columns) == (1, [".env", "app.json", "shop-staging", "shop"])
    assert said == [
        "NOWHERE is missing from shop-staging and shop.",
        "OF_REVIEW is missing from shop-staging and shop.",
        "Review apps get what app.json lists and what is set for them in the pipeline; "
        "app.json does not list NOWHERE.",
    ]


def test_an_unknown_pipeline(shop: Path, environ: dict[str, str]) -> None:
    status, columns, (said,) = diff(shop, environ, "--pipeline", "shop-pipelin")
    assert (status, columns) == (2, [])
    assert "no pipeline of this name" in said


@pytest.mark.parametrize(
    ("words", "apps"),
    [
        (("--remote", "staging"), ["shop-staging"]),
        (("--remote", "production", "--app", "shop-staging"), ["shop", "shop-staging"]),
    ],
)
def test_the_app_of_a_remote(
    shop: Path, environ: dict[str, str], words: tuple[str, ...], apps: list[str]
) -> None:
    status, columns, _ = diff(shop, environ, *words)
    assert (status, sorted(columns[2:])) == (1, apps)


def test_a_remote_of_no_app(shop: Path, environ: dict[str, str]) -> None:
    status, columns, (said,) = diff(shop, environ, "--remote", "origin")
    assert (status, columns) == (2, [])
    assert said.endswith("the remotes of Heroku apps are production (shop), staging (shop-staging).")


def test_the_editor_s_picker_shows_the_teams(shop: Path, environ: dict[str, str]) -> None:
    with LspClient(env=environ) as client:
        client.initialize(shop, trusted=True)
        told = client.call("configvars/apps", {"folder": uri_of(str(shop))})
        assert (told["ok"], told["suggested"]) == (True, ["shop", "shop-staging"])
        teams = {app["name"]: app["team"] for app in told["available"]}
        assert (teams["shop"], teams["shop-staging"], teams["empty"]) == ("acme", "acme", None)
        assert client.exit() == 0
