"""Symbolic links to folders, as monorepos use them: their code counts as if it were in their place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fake_heroku import fake_heroku
from support.fixtures import fixture
from support.git import commit, git

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has few links")

COMMON = """\
-- common/__init__.py --
-- common/conf.py --
import os
KEY = "SHARED_KEY"
def need(name):
    return os.environ[name]
need(KEY)
-- common/.env.j2 --
"""
API = """\
-- api/app/__init__.py --
-- api/app/shared -> ../../common --
-- api/main.py --
from app.shared.conf import KEY, need
need("MAIN")
need(KEY + "_2")
-- api/.gitignore --
.env
-- api/.env --
MAIN=canary
UNUSED=canary
SHARED_KEY=canary
-- api/Procfile --
web: gunicorn main:app
"""


def written(folder: Path, files: str) -> Path:
    fixture(files).write(folder)
    return folder / "api"


def found(run: Run, folder: Path, *arguments: str) -> list[str]:
    ran = run(folder, "check", "--output-format", "json", *arguments)
    assert "canary" not in ran.out + ran.err
    return [
        f"{each['path']}:{each['line']} {each['check']} {each['variable']}"
        for each in json.loads(ran.out)["findings"]
    ]


def test_code_behind_a_link_is_read_as_python_imports_it(run: Run, tmp_path: Path) -> None:
    api = written(tmp_path, COMMON + API)
    assert found(run, api) == [
        ".env:2 unused-variable UNUSED",
        "main.py:3 missing-variable SHARED_KEY_2",
    ]
    ran = run(api, "check")
    assert "app/shared is a symbolic link to ../../common.\n" in ran.out.replace("../common", "../../common")
    environ = {"PATH": os.environ["PATH"], "MAIN": "1", "SHARED_KEY": "1"}
    program = subprocess.run([sys.executable, "main.py"], cwd=api, env=environ, capture_output=True)
    assert b"KeyError: 'SHARED_KEY_2'" in program.stderr


def test_a_variable_that_only_linked_code_reads_is_not_unused(run: Run, tmp_path: Path) -> None:
    files = "-- common/a.js --\nprocess.env.UNUSED\n-- common/b.py --\nimport os\nos.environ['SHARED_KEY']\n"
    assert found(run, written(tmp_path, f"{files}{API}")) == []


def test_a_link_that_is_not_followed_is_named(run: Run, tmp_path: Path) -> None:
    api = written(
        tmp_path, "-- api/up -> .. --\n-- api/a.py --\nfrom up import b\n-- api/.env --\nA=canary\n"
    )
    said = f"up is a symbolic link to {tmp_path}, which contains this folder"
    ran = run(api, "check")
    assert ran.out.startswith(f"{said} and was not checked.\n")
    assert "unused-variable" not in ran.out
    assert f"{said} and was not checked." in run(api, "check", "--output-format", "json").err
    assert f"{said}, so it is not known what its code needs." in run(api, "diff").out


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    fake = fake_heroku(tmp_path / "heroku", {"shop": {"MAIN": "canary", "SHARED_KEY": "canary"}})
    monkeypatch.setenv("PATH", fake.env["PATH"])
    return lambda files: written(tmp_path / "ws", files)


DEPLOY = ("check", "--deploy", "--app", "shop")


@pytest.mark.parametrize("committed", [False, True])
def test_a_deploy_needs_what_linked_code_reads(
    run: Run, tree: Callable[[str], Path], committed: bool
) -> None:
    api = tree(COMMON + API)
    if committed:
        commit(api.parent)
    ran = run(api, *DEPLOY)
    assert ran.status == 1
    assert "SHARED_KEY_2 is not set on Heroku app shop" in ran.out
    assert "differ" not in ran.out + ran.err


def test_a_deploy_does_not_pass_if_imported_code_was_not_read(run: Run, tree: Callable[[str], Path]) -> None:
    api = tree("-- api/up -> .. --\n-- api/a.py --\nfrom up import b\n-- api/Procfile --\nweb: python a.py\n")
    ran = run(api, *DEPLOY)
    assert (ran.status, ran.err.count("which contains this folder, so it is not known whether")) == (2, 1)
    (api / "a.py").write_text("import os\n")
    assert run(api, *DEPLOY).status == 0


def test_a_deploy_does_not_pass_if_a_push_leaves_imported_code_behind(
    run: Run, tree: Callable[[str], Path]
) -> None:
    api = tree(COMMON + API.replace('need(KEY + "_2")\n', ""))
    assert run(api, *DEPLOY).status == 0
    git(api, "init", "-q")
    ran = run(api, *DEPLOY)
    assert ran.status == 2
    assert f"app/shared is a symbolic link to {api.parent}/common, which a push does not deploy" in ran.err
    (api / "main.py").write_text("import os\n")
    assert run(api, *DEPLOY).status == 0


INSIDE = """\
-- api/code/pkg/__init__.py --
-- api/code/pkg/conf.py --
import os
def need(name):
    return os.environ[name]
KEY = "THE_KEY"
need("INNER")
-- api/pkg -> code/pkg --
-- api/main.py --
import pkg.conf
from pkg.conf import need
need("ONE")
need(pkg.conf.KEY)
-- api/.env --
MAIN=canary
-- api/Procfile --
web: gunicorn main:app
"""


def test_an_import_by_the_name_of_a_link_inside_the_folder(run: Run, tmp_path: Path) -> None:
    missing = [
        "code/pkg/conf.py:5 missing-variable INNER",
        "main.py:3 missing-variable ONE",
        "main.py:4 missing-variable THE_KEY",
    ]
    api = written(tmp_path, INSIDE)
    assert found(run, api, "--ignore", "unused-variable") == missing
    assert found(run, api, "--ignore", "unused-variable", "pkg") == missing[:1]


def test_a_process_loads_what_it_imports_by_the_name_of_a_link(run: Run, tree: Callable[[str], Path]) -> None:
    api = tree(INSIDE)
    names = ["INNER", "ONE", "THE_KEY"]
    for arguments in (DEPLOY, (*DEPLOY, "--process", "web")):
        ran = run(api, *arguments)
        assert [name for name in names if f"{name} is not set on Heroku app shop" in ran.out] == names
