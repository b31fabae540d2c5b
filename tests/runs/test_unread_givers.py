"""Every way in which a file of the project names an env file, with a file that cannot be read: it may set
anything, so no variable is called missing or not set.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from configvars.checks import run_checks
from configvars.cli.diff import as_text as as_diff
from configvars.cli.terminal import Style
from configvars.features.drift import drift
from configvars.features.explain import explain
from configvars.features.explain_text import as_text
from configvars.features.hover import hover
from configvars.features.inlay_hints import inlay_hints
from configvars.text import Span
from support.projects import Opened, opened
from support.rights import folder_of_ordinary_user, ordinary_user

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and no permission bits")

APP = '-- app.py --\nimport os\nX = os.environ["<CURSOR>NEEDED"]\n'
CODE = "-- app.py --\nimport os\n{}\nX = os.environ['<CURSOR>NEEDED']\n"
WEB = "-- compose.yaml --\nservices:\n  web:\n    "
NAMED = {
    "Compose": f"{WEB}command: python app.py\n    env_file: FILE\n{APP}",
    "Compose, a list": f"{WEB}command: python app.py\n    env_file:\n      - path: FILE\n{APP}",
    "Compose, without a command": f"{WEB}build: .\n    env_file: FILE\n{APP}",
    "Makefile": f"-- Makefile --\ninclude FILE\nexport\nrun:\n\tpython app.py\n{APP}",
    ".envrc": f"-- .envrc --\ndotenv FILE\n{APP}",
    ".envrc, if it exists": f"-- .envrc --\ndotenv_if_exists FILE\n{APP}",
    "launch.json": '-- .vscode/launch.json --\n{"configurations": [{"name": "Shop",'
    ' "program": "${workspaceFolder}/app.py", "envFile": "${workspaceFolder}/FILE"}]}\n' + APP,
    "flask -e": f"-- Procfile --\nweb: flask -e FILE --app app run\n{APP}",
    "flask --env-file": f"-- Makefile --\nrun:\n\tflask --app app run --env-file FILE\n{APP}",
    "uvicorn": f"-- run.sh --\n#!/bin/sh\nuvicorn --env-file=FILE app:app\n{APP}",
    "uv run": f"-- Procfile --\nweb: uv run --env-file FILE python app.py\n{APP}",
    "dotenv run": f"-- Makefile --\nrun:\n\tdotenv -f FILE run python app.py\n{APP}",
    "shell": f"-- run.sh --\n#!/bin/sh\nset -a\n. ./FILE\nset +a\npython app.py\n{APP}",
    "shell, exported": f"-- run.sh --\n#!/bin/sh\nexport $(grep -v '^#' FILE | xargs)\npython app.py\n{APP}",
    "systemd": f"-- shop.service --\n[Service]\nEnvironmentFile=FILE\nExecStart=/bin/python app.py\n{APP}",
    "load_dotenv": CODE.format("from dotenv import load_dotenv\nload_dotenv('FILE')"),
    "by hand": CODE.format("for line in open('FILE'):\n    k, v = line.split('=')\n    os.environ[k] = v"),
}
# A file that is included, sourced or read in a loop is an env file only if it has the name of one.
TESTS = '-- tests/test_app.py --\nimport os\nX = os.environ["<CURSOR>NEEDED"]\n'
OF_TESTS = {
    "pytest.ini": f"-- .env --\nA=1\n-- pytest.ini --\n[pytest]\nenv_files = FILE\n{TESTS}",
    "setup.cfg": f"-- .env --\nA=1\n-- setup.cfg --\n[tool:pytest]\nenv_files =\n  FILE\n{TESTS}",
}
BY_NAME = {"Makefile", "shell", "shell, exported", "by hand"}
UNREAD = {"named pipe": "pipe", "UTF-16": "utf-16", "no permission to read it": "mode-000"}


@pytest.fixture
def folder() -> Iterator[Path]:
    with folder_of_ordinary_user() as folder:
        yield folder


def missing(it: Opened) -> list[str]:
    return [
        it.finding(each)
        for path in sorted(it.project.index.files)
        for each in run_checks(it.project, path)
        if "missing" in each.check
    ]


@pytest.mark.parametrize("way", NAMED)
def test_without_the_file_the_variable_is_missing(tmp_path: Path, way: str) -> None:
    assert missing(opened(tmp_path, NAMED[way].replace("FILE", "web.env")))


@pytest.mark.parametrize("name", ["web.env", "web.conf"])
@pytest.mark.parametrize("why", UNREAD)
@pytest.mark.parametrize("way", NAMED)
def test_an_unreadable_file_may_set_what_the_code_needs(folder: Path, way: str, why: str, name: str) -> None:
    if name == "web.conf" and way in BY_NAME:
        return
    with ordinary_user():
        it = opened(folder, f"{NAMED[way]}-- FILE as {UNREAD[why]} --\nNEEDED=1\n".replace("FILE", name))
        assert missing(it) == []
        said = as_text(explain(it.project, "NEEDED"), it.project)
        assert f"may be set by {name} ({why})" in said
        (row,) = drift(it.project).rows
        assert (row.missing, row.maybe) == ((), (name,))
        assert as_diff(drift(it.project), Style(colour=False)).endswith(
            f"NEEDED may be set by {name} ({why}).\n"
        )
        shown = hover(it.project, *it.cursor)
        assert shown is not None
        assert f"may be set in {name} ({why})" in shown.markdown.replace("\\", "")
        (hint,) = inlay_hints(it.project, it.path("app.py"), Span(0, 999))
        assert hint.label == f"may be in {name}"


@pytest.mark.parametrize("way", NAMED)
def test_findings_beside_another_env_file(tmp_path: Path, way: str) -> None:
    files = f"-- .env --\nA=1\n{NAMED[way]}-- FILE as pipe --\n".replace("FILE", "web.env")
    assert missing(opened(tmp_path, files)) == []


@pytest.mark.parametrize("way", OF_TESTS)
def test_files_that_a_test_runner_loads_count_for_tests_alone(tmp_path: Path, way: str) -> None:
    files = f"{OF_TESTS[way]}-- FILE as pipe --\n".replace("FILE", "web.env")
    assert missing(opened(tmp_path / "tests-alone", files)) == []
    assert missing(opened(tmp_path / "code", files.replace("tests/test_app.py", "app.py")))
