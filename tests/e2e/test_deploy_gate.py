"""The deploy gate as a pipeline runs it: a process, the real Heroku CLI, and apps of the Heroku API of the
tests.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.fixtures import fixture
from support.git import commit, git
from support.heroku import APPS

pytestmark = pytest.mark.e2e

APP = """\
import os
os.environ["SECRET_KEY"], os.environ["STRIPE_API_KEY"], os.environ["DATABASE_URL"]
os.environ.get("PAGE_SIZE")
"""
SHOP = f"""\
-- app.py --
{APP}-- .env.example --
SECRET_KEY=
STRIPE_API_KEY=
DATABASE_URL=
-- app.json --
{{"addons": ["heroku-postgresql"], "env": {{"MAIL_PASSWORD": {{"required": true}}}}}}
-- Procfile --
web: gunicorn app:app
-- configvars.toml --
heroku.timeout = 300
"""
WEBHOOK = f"""\
-- app.py --
import hooks
{APP}-- hooks.py --
import os
os.environ["STRIPE_WEBHOOK_SECRET"]
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository whose branch reads one variable more than main; there is no env file, as in CI."""
    fixture(SHOP).write(tmp_path)
    commit(tmp_path)
    git(tmp_path, "checkout", "-qb", "feature")
    fixture(WEBHOOK).write(tmp_path)
    commit(tmp_path)
    return tmp_path


def check(folder: Path, environ: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    ran = subprocess.run(
        [sys.executable, "-m", "configvars", "check", "--deploy", *arguments],
        cwd=folder,
        env={**environ, "CI": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    values = {value for app in APPS.values() for value in app.config.values() if len(value) > 6}
    assert not [value for value in values if value in ran.stdout + ran.stderr]
    return ran.returncode, ran.stdout, ran.stderr


def test_three_apps(shop: Path, environ: dict[str, str]) -> None:
    arguments = [word for app in ("shop", "shop-staging", "empty") for word in ("--app", app)]
    status, out, err = check(shop, environ, *arguments, "--output-format", "json")
    assert (status, err) == (1, "")
    assert [(each["severity"], each["check"], each["variable"]) for each in json.loads(out)["findings"]] == [
        ("information", "addon-not-on-heroku", None),
        ("error", "declared-not-on-heroku", "MAIL_PASSWORD"),
        ("error", "not-on-heroku", "SECRET_KEY"),
        ("error", "not-on-heroku", "STRIPE_API_KEY"),
        ("error", "not-on-heroku", "DATABASE_URL"),
        ("information", "apps-differ", "PAGE_SIZE"),
        ("error", "not-on-heroku", "STRIPE_WEBHOOK_SECRET"),
    ]


def test_what_the_branch_adds(shop: Path, environ: dict[str, str]) -> None:
    status, out, _ = check(shop, environ, "--app", "shop,shop-staging", "--since", "main")
    assert status == 1
    assert "This change needs STRIPE_WEBHOOK_SECRET: not set on shop, shop-staging.\n" in out
    assert "heroku config:set STRIPE_WEBHOOK_SECRET=… --app shop\n" in out
    assert "Found 1 error.\n" in out


def test_green(shop: Path, environ: dict[str, str]) -> None:
    git(shop, "checkout", "-q", "main")
    status, out, err = check(shop, environ, "--app", "shop")
    assert (status, err) == (0, "")
    assert out.endswith("against Heroku app shop.\nNothing found.\n")


@pytest.mark.parametrize(
    ("app", "said"),
    [
        ("shop-stagin", "Did you mean shop-staging?"),
        ("forbidden", ""),
        ("server-error", ""),
        ("garbage", ""),
    ],
)
def test_an_app_that_does_not_answer_never_passes(
    shop: Path, environ: dict[str, str], app: str, said: str
) -> None:
    status, out, err = check(shop, environ, "--app", "shop", "--app", app)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_an_invalid_api_key_never_passes(shop: Path, environ: dict[str, str]) -> None:
    status, out, err = check(shop, {**environ, "HEROKU_API_KEY": "HRKU-old"}, "--app", "shop")
    assert (status, out) == (2, "")
    assert "HEROKU_API_KEY" in err
