"""Code of submodules and clones that the project imports, as `check`, `diff` and a deploy see it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fake_heroku import fake_heroku
from support.fixtures import fixture
from support.git import commit, git

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

PROJECT = """\
-- .gitignore --
.env
-- .env --
SECRET_KEY=1
-- app.py --
import os
from lib import client
os.environ["SECRET_KEY"]
-- Procfile --
web: python app.py
"""
LIB = """\
-- __init__.py --
-- client.py --
import os
KEY = os.environ["SUBVAR"]
-- unused.py --
import os
os.environ["UNUSED"]
"""


@pytest.fixture(autouse=True)
def heroku(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    apps = {"full": {"SECRET_KEY": "1"}, "complete": {"SECRET_KEY": "1", "SUBVAR": "1"}}
    monkeypatch.setenv("PATH", fake_heroku(tmp_path_factory.mktemp("heroku"), apps).env["PATH"])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    fixture(PROJECT).write(root)
    fixture(LIB).write(tmp_path / "lib")
    (root / ".env").chmod(0o600)
    commit(tmp_path / "lib")
    git(root, "init", "-q")
    return root


def submodule(root: Path) -> None:
    lib = str(root.parent / "lib")
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", lib, "lib")
    commit(root)


def test_a_submodule_that_the_app_satisfies(run: Run, project: Path) -> None:
    submodule(project)
    ran = run(project, "check", "--deploy", "--app", "complete")
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize("is_added", [False, True])
def test_a_clone_that_nothing_imports(run: Run, project: Path, is_added: bool) -> None:
    git(project, "clone", "-q", str(project.parent / "lib"), "lib")
    (project / "app.py").write_text("import os\nos.environ['SECRET_KEY']\n")
    git(project, "add", ".") if is_added else None
    ran = run(project, "check", "--deploy", "--app", "full")
    assert (ran.status, ran.err) == (0, "")


def test_what_the_program_fails_on_is_reported(run: Run, project: Path) -> None:
    submodule(project)
    environ = {"PATH": os.environ["PATH"], "SECRET_KEY": "1"}
    program = subprocess.run([sys.executable, "app.py"], cwd=project, env=environ, capture_output=True)
    assert b"KeyError: 'SUBVAR'" in program.stderr
    ran = run(project, "check", "--output-format", "concise")
    assert (ran.status, "Checked 5 files and 2 variables against .env.\n" in ran.out) == (1, True)
    assert "lib/client.py:2:19: warning missing-variable SUBVAR" in ran.out
    ran = run(project, "check", "--deploy", "--app", "full", "--output-format", "concise")
    assert ran.status == 1
    assert "lib/client.py:2:19: error not-on-heroku SUBVAR" in ran.out
    assert "UNUSED" not in ran.out
    ran = run(project, "diff", "--app", "full")
    assert (ran.status, "SUBVAR" in ran.out, "UNUSED" in ran.out) == (1, True, False)


@pytest.mark.parametrize("command", ["python lib/client.py", "gunicorn lib.client:app"])
def test_a_process_that_starts_it(run: Run, project: Path, command: str) -> None:
    (project / "app.py").write_text("import os\nos.environ['SECRET_KEY']\n")
    (project / "Procfile").write_text(f"web: {command}\n")
    submodule(project)
    ran = run(project, "check", "--deploy", "--app", "full", "--output-format", "concise")
    assert "lib/client.py:2:19: error not-on-heroku SUBVAR" in ran.out


@pytest.mark.parametrize("is_added", [False, True])
def test_a_clone_is_not_deployed(run: Run, project: Path, is_added: bool) -> None:
    git(project, "clone", "-q", str(project.parent / "lib"), "lib")
    if is_added:
        commit(project)
    ran = run(project, "check")
    assert (ran.status, "SUBVAR" in ran.out) == (1, True)
    ran = run(project, "check", "--deploy", "--app", "complete")
    assert ran.status == 2
    assert (
        "lib is a git repository of its own, which a push does not deploy, so it is not known whether this"
        " can be deployed." in ran.err
    )
