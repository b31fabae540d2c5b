"""The recipes in docs/deploy.md, tried with the real git."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from support.fake_heroku import fake_heroku
from support.fixtures import fixture
from support.git import git

REPOSITORY = Path(__file__).parents[1]
PAGE = (REPOSITORY / "docs" / "deploy.md").read_text("utf-8")
SHOP = '-- app.py --\nimport os\nos.environ["STRIPE"]\n'

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script"),
    pytest.mark.slow,
]


def block(title: str, language: str) -> str:
    """The first code block of a language below a bold title."""
    found = re.search(rf"\*\*{title}.*?```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found, title
    return found[1]


def push(folder: Path, environ: dict[str, str], remote: str) -> tuple[int, str]:
    ran = subprocess.run(
        ["git", "push", "-q", remote, "HEAD"],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("config", "remote", "status", "said"),
    [
        ({}, "heroku", 1, "heroku config:set STRIPE=… --app shop"),
        ({"STRIPE": "x"}, "heroku", 0, "Nothing found."),
        ({}, "origin", 0, ""),
    ],
)
def test_before_a_push(tmp_path: Path, config: dict[str, str], remote: str, status: int, said: str) -> None:
    heroku = fake_heroku(tmp_path / "cli", {"shop": config})
    program = tmp_path / "cli" / "bin" / "configvars"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={REPOSITORY / "server"} exec {sys.executable} -m configvars "$@"\n'
    )
    program.chmod(0o755)
    folder = tmp_path / "shop"
    fixture(SHOP).write(folder)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "1")
    for name in ("heroku", "origin"):
        git(tmp_path, "init", "-q", "--bare", f"{name}.git")
        git(folder, "remote", "add", name, str(tmp_path / f"{name}.git"))
    hook = folder / ".git" / "hooks" / "pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(block("Before a push", "sh"))
    hook.chmod(0o755)
    code, out = push(folder, {**os.environ, **heroku.env}, remote)
    assert (code, said in out) == (status, True), out
    pushed = list((tmp_path / f"{remote}.git" / "refs" / "heads").iterdir())
    assert bool(pushed) == (status == 0)


@pytest.mark.parametrize("title", ["GitHub Actions", "GitLab"])
def test_yaml_recipes_can_be_parsed(title: str) -> None:
    assert list(yaml.safe_load(block(title, "yaml"))) == [
        {"GitHub Actions": "jobs", "GitLab": "config"}[title]
    ]


def test_the_action_accepts_the_inputs_of_the_recipe() -> None:
    steps = yaml.safe_load(block("GitHub Actions", "yaml"))["jobs"]["config"]["steps"]
    inputs = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))["inputs"]
    assert set(steps[1]["with"]) <= set(inputs)
