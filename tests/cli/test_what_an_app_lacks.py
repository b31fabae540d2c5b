"""Only what is set on the app counts for it: templates, app.json and local env files do not."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from cli.conftest import SERVER
from configvars.checks import run_checks
from configvars.cli.judging import judged
from support.fake_heroku import fake_heroku
from support.fixtures import fixture
from support.forked import run_python
from support.git import git
from support.projects import opened
from support.terminals import in_terminal

CODE = """\
-- app.py --
import os
SECRET_KEY = os.environ["SECRET_KEY"]
STRIPE = os.environ["STRIPE"]
"""
READ = {"SECRET_KEY", "STRIPE"}
LOADED = CODE.replace("import os\n", "import os\nfrom dotenv import load_dotenv\nload_dotenv()\n")
ENV = "-- .env --\nSECRET_KEY=x\n"
TEMPLATE = "-- .env.example --\nSECRET_KEY=\nSTRIPE=\n"
OPTIONAL = '-- app.json --\n{"env": {"SECRET_KEY": {"required": false}, "STRIPE": "x"}}\n'
REQUIRED = '-- app.json --\n{"env": {"SECRET_KEY": {"required": true}, "STRIPE": {"value": "x"}}}\n'
QUICK = (("partial", True), ("full", False))  # each command takes a third of a second
PREPARED = ("configvars.cli.main", "configvars.checks")
APPS = {"empty": set[str](), "partial": {"SECRET_KEY"}, "full": READ}

# An env file, and whether it sets variables on Heroku: only if git tracks it and code loads it.
ENVS = {
    "no env file": (CODE, (), set[str]()),
    "env file": (CODE + ENV, (), set[str]()),
    "env file that code loads": (LOADED + ENV, (), set[str]()),
    "env file in git": (CODE + ENV, (".env",), set[str]()),
    "env file in git that code loads": (LOADED + ENV, (".env",), {"SECRET_KEY"}),
}
TEMPLATES = {
    "no template": ("", ()),
    "template": (TEMPLATE, ()),
    "template in git": (TEMPLATE, (".env.example",)),
}
MANIFESTS = {"no app.json": "", "app.json": OPTIONAL, "app.json that requires": REQUIRED}


@pytest.fixture(scope="module")
def repositories(folders: Iterator[Path]) -> Callable[[str, str], Path]:
    """The repository for an env file and a template; only app.json and the apps differ between its tests."""

    @cache
    def repository(env: str, template: str) -> Path:
        (code, tracked_env, _), (declared, tracked), folder = ENVS[env], TEMPLATES[template], next(folders)
        fixture(f"{code}{declared}").write(folder)
        git(folder, "init", "-q")
        git(folder, "add", "-f", "app.py", *tracked_env, *tracked)
        return folder

    return repository


@pytest.mark.parametrize(
    ("env", "template", "manifest", "app"), list(itertools.product(ENVS, TEMPLATES, MANIFESTS, APPS))
)
def test_every_combination(
    repositories: Callable[[str, str], Path], env: str, template: str, manifest: str, app: str
) -> None:
    folder, deployed = repositories(env, template), ENVS[env][2]
    (folder / "app.json").unlink(missing_ok=True)
    config = "".join(f"{name}=1\n" for name in APPS[app])
    it = opened(folder, f"-- heroku:shop --\n{config}{MANIFESTS[manifest]}")
    found = run_checks(judged(it.workspace, str(folder)), it.path("app.py"))
    told = {
        finding.variable.name for finding in found if finding.check == "not-on-heroku" and finding.variable
    }
    assert told == READ - APPS[app] - deployed
    assert {finding.severity for finding in found if finding.check == "not-on-heroku"} <= {"warning"}
    places = [finding.span for finding in found]
    assert len(set(places)) == len(places), "one finding a place"


@pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")
@pytest.mark.parametrize(
    ("app", "terminal"),
    [
        pytest.param(app, terminal, marks=[] if (app, terminal) in QUICK else pytest.mark.slow)
        for app in APPS
        for terminal in (False, True)
    ],
)
def test_the_command(tmp_path: Path, app: str, terminal: bool) -> None:
    heroku = fake_heroku(tmp_path / "cli", {app: dict.fromkeys(APPS[app], "x")})
    opened(tmp_path / "shop", CODE + TEMPLATE + REQUIRED)
    git(tmp_path / "shop", "init", "-q")
    git(tmp_path / "shop", "add", ".")
    command = ["-m", "configvars", "check", "--app", app]
    environ = {**os.environ, **heroku.env, "PYTHONPATH": str(SERVER), "CI": "" if terminal else "true"}
    if terminal:
        status, out = in_terminal([sys.executable, *command], tmp_path / "shop", environ)
    else:
        ran = run_python(*command, cwd=tmp_path / "shop", env=environ, prepared=PREPARED)
        status, out = ran.returncode, ran.stdout
    asking = f"Asking Heroku about {app}…"
    assert (f"{asking}\r{' ' * len(asking)}\r" in out) == terminal
    assert status == (0 if app == "full" else 1)
    assert {name for name in READ if f"{name} is not set on Heroku app {app}" in out} == READ - APPS[app]
