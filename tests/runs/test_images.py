"""What `ENV` in the Dockerfiles of `heroku.yml` sets on an app."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.platforms.base import AppSnapshot
from configvars.runs.images import set_in_stage
from configvars.workspace import Workspace
from support.fixtures import fixture
from support.git import git


@pytest.mark.parametrize(
    ("dockerfile", "target"),
    [
        ("FROM python\nARG A=1\n", ""),
        ("FROM python\nARG A\nENV A=$A\n", ""),
        ("FROM python\nENV A=\n", ""),
        ("FROM python\nENV A=1\nENV A=''\n", ""),
        ("FROM python\n# ENV A=1\nENV B=A=1\n", ""),
        ("FROM python AS build\nENV A=1\nFROM python\n", ""),
        ("FROM python AS build\nFROM build\nENV A=1\n", "build"),
        ("FROM python\nENV A=1\n", "gone"),
        ("FROM python\nARG A=1\nENV B=$A\n", ""),
        ("FROM python AS build\nENV A=1\nFROM other\nENV A=\n", ""),
    ],
)
def test_not_set(dockerfile: str, target: str) -> None:
    assert "A" not in set_in_stage(dockerfile, target)


@pytest.mark.parametrize(
    ("dockerfile", "target"),
    [
        ("FROM python\nENV A=1\n", ""),
        ("FROM python\nENV A 1 2\n", ""),
        ("FROM python\nenv B=2 \\\n  A='x y'\n", ""),
        ('FROM python\nENV B="x A=" A=$B\n', ""),
        ("FROM python\nARG V=1\nENV A=${V}\n", ""),
        ("FROM python AS base\nENV A=1\nFROM python\nFROM --platform=x Base as end\nENV B=1\n", ""),
        ("FROM python AS base\nENV A=1\nFROM base AS x\nFROM python\n", "x"),
        ("FROM python AS base\nENV A=1\nFROM base AS x\nENV A=\nFROM python\n", "BASE"),
        ("FROM python AS Base\nENV A=1\nFROM base\n", ""),
        ("FROM python\nENV B=1 A='1 2'\n", ""),
        ("FROM python\nENV A=$PATH\n", ""),
    ],
)
def test_set(dockerfile: str, target: str) -> None:
    assert "A" in set_in_stage(dockerfile, target)


APP = '-- app.py --\nimport os\nos.environ["A"]\n'
IMAGE = "FROM python\nENV A=1\nCMD gunicorn app:app\n"


@pytest.mark.parametrize(
    ("files", "is_missing"),
    [
        (f"-- Dockerfile --\n{IMAGE}", True),
        (f"-- heroku.yml --\nbuild:\n  docker:\n    web: web.Dockerfile\n-- Dockerfile --\n{IMAGE}", True),
        (
            "-- heroku.yml --\nbuild:\n  docker:\n    web: Dockerfile\n    worker: w/Dockerfile\n"
            f"-- Dockerfile --\n{IMAGE}-- w/Dockerfile --\nFROM python\n",
            True,
        ),
        (f"-- heroku.yml --\nbuild:\n  docker:\n    web: Dockerfile\n-- Dockerfile --\n{IMAGE}", False),
        (
            "-- heroku.yml --\nbuild:\n  docker:\n    web:\n      dockerfile: w/Dockerfile\n      target: x\n"
            "-- w/Dockerfile --\nFROM python AS x\nENV A=1\nFROM python\n",
            False,
        ),
        (
            "-- heroku.yml --\nbuild:\n  docker:\n    web: Dockerfile\n    worker: w/Dockerfile\n"
            f"-- Dockerfile --\n{IMAGE}-- w/Dockerfile --\n{IMAGE}",
            False,
        ),
        (
            "-- heroku.yml --\nbuild:\n  docker:\n    web: Dockerfile\n    worker: w/Dockerfile\n"
            f"-- Dockerfile --\n{IMAGE}-- w/Dockerfile --\n{IMAGE}-- .gitignore --\nw\n",
            True,
        ),
        ("-- heroku.yml --\nbuild:\n  docker: {}\n", True),
    ],
)
def test_an_app_that_is_built_from_images(
    tmp_path: Path, files: str, is_missing: bool, missing: Callable[[Path], bool]
) -> None:
    fixture(f"{APP}{files}").write(tmp_path)
    assert missing(tmp_path) is is_missing


@pytest.fixture
def missing() -> Callable[[Path], bool]:
    """Whether a variable is reported as not set on an empty app, for the committed files of a folder."""

    def missing(folder: Path) -> bool:
        git(folder, "init", "-q")
        git(folder, "add", "-A")
        workspace = Workspace(str(folder))
        workspace.apps = (AppSnapshot("heroku", "shop", datetime.now(UTC)),)
        for _ in workspace.load():
            pass
        found = run_checks(workspace.project(), str(folder / "app.py"))
        return "not-on-heroku" in {each.check for each in found}

    return missing
