"""The recipes in docs/deploy.md, tried with the real git."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from configvars.cli.arguments import parser
from support.fake_heroku import fake_heroku
from support.fixtures import fixture
from support.git import commit, git

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


CONFIGVARS = f'PYTHONPATH={REPOSITORY / "server"} exec {sys.executable} -m configvars "$@"'


def script(path: Path, text: str) -> None:
    """Write a shell script that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


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
    script(tmp_path / "cli" / "bin" / "configvars", CONFIGVARS)
    folder = tmp_path / "shop"
    fixture(SHOP).write(folder)
    commit(folder)
    (folder / ".git" / "hooks").mkdir()  # a user's `git init` creates it
    for name in ("heroku", "origin"):
        git(tmp_path, "init", "-q", "--bare", f"{name}.git")
        git(folder, "remote", "add", name, str(tmp_path / f"{name}.git"))
    subprocess.run(["sh", "-e", "-c", block("Before a push", "sh")], cwd=folder, check=True, timeout=60)
    code, out = push(folder, {**os.environ, **heroku.env}, remote)
    assert (code, said in out) == (status, True), out
    pushed = list((tmp_path / f"{remote}.git" / "refs" / "heads").iterdir())
    assert bool(pushed) == (status == 0)


@pytest.mark.parametrize(
    ("config", "status", "said"),
    [
        ({}, 1, "heroku config:set STRIPE=… --app shop"),
        ({"STRIPE": "x"}, 0, "Nothing found.\ntests ran\n"),
    ],
)
def test_heroku_ci(tmp_path: Path, config: dict[str, str], status: int, said: str) -> None:
    """The test script as a dyno runs it: a folder without `.git`, the programs where the set-up puts them."""
    heroku = fake_heroku(tmp_path / "heroku", {"shop": config})
    assert heroku.folder == tmp_path / "heroku"
    script(tmp_path / "configvars" / "bin" / "configvars", CONFIGVARS)
    script(tmp_path / "bin" / "pytest", "echo tests ran")
    scripts = json.loads(block("Heroku CI", "json"))["environments"]["test"]["scripts"]
    assert "python -m venv /tmp/configvars && " in scripts["test-setup"]
    assert scripts["test-setup"].endswith("| tar -xJ -C /tmp")  # the archive has one folder, heroku
    fixture(SHOP).write(tmp_path / "app")
    ran = subprocess.run(
        ["bash", "-c", scripts["test"].replace("/tmp", str(tmp_path))],
        cwd=tmp_path / "app",
        env={"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "HOME": str(tmp_path), "CI": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, said in ran.stdout, ran.stderr) == (status, True, ""), ran.stdout


def test_the_hooks_of_pre_commit(tmp_path: Path) -> None:
    config = tmp_path / ".pre-commit-config.yaml"
    (repository,) = yaml.safe_load(block("pre-commit", "yaml"))
    config.write_text(yaml.safe_dump({"repos": [repository]}))
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", config], check=True, timeout=60)
    known = {
        each["id"] for each in yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
    }
    on_commit, on_push = repository["hooks"]
    assert {on_commit["id"], on_push["id"]} <= known
    assert (on_commit["stages"], on_push["stages"]) == (["pre-commit"], ["pre-push"])
    assert parser().parse(["check", *on_push["args"]]).deploy


@pytest.mark.parametrize("title", ["GitHub Actions", "GitLab"])
def test_yaml_recipes_can_be_parsed(title: str) -> None:
    keys = {"GitHub Actions": {True, "jobs"}, "GitLab": {"config"}}  # `on` is true in YAML 1.1
    assert set(yaml.safe_load(block(title, "yaml"))) == keys[title]


def test_the_action_accepts_the_inputs_of_the_recipe() -> None:
    steps = yaml.safe_load(block("GitHub Actions", "yaml"))["jobs"]["config"]["steps"]
    inputs = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))["inputs"]
    assert set(steps[1]["with"]) <= set(inputs)
