"""`check --deploy`: a push deploys what is committed, without what `.slugignore` lists."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fake_heroku import FakeHeroku, fake_heroku
from support.git import commit, git

Tree = Callable[[str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

APP = "-- app.py --\nimport os\nimport boot\nos.environ['FOO']\n"
SETS = 'import os\nos.environ["FOO"] = "1"\n'
PROCFILE = "-- Procfile --\nweb: gunicorn app:app\n"
BASE = f"{PROCFILE}{APP}-- boot.py --\n{SETS}"
FAILS = "FOO is not set on Heroku app bare"

CHANGES = {
    "a file that sets it": ("boot.py", f"{PROCFILE}{APP}-- boot.py --\nimport os\n", SETS),
    "a new file": ("boot.py", f"{PROCFILE}{APP}", SETS),
    "the command of a process": (
        "Procfile",
        "-- Procfile --\nweb: gunicorn app:app\n-- app.py --\nimport os\nos.environ['FOO']\n",
        "web: FOO=1 gunicorn app:app\n",
    ),
    ".profile": (
        ".profile",
        f"{PROCFILE}-- app.py --\nimport os\nos.environ['FOO']\n-- .profile --\n# empty\n",
        "export FOO=1\n",
    ),
    "a read that is removed": ("app.py", f"{PROCFILE}-- app.py --\nimport os\nos.environ['FOO']\n", ""),
}


@pytest.fixture(autouse=True)
def heroku(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> FakeHeroku:
    fake = fake_heroku(tmp_path_factory.mktemp("heroku"), {"bare": {}})
    monkeypatch.setenv("PATH", fake.env["PATH"])
    return fake


@pytest.mark.parametrize(("path", "committed", "now"), CHANGES.values(), ids=CHANGES)
def test_a_change_that_is_not_committed_is_not_deployed(
    run: Run, tree: Tree, path: str, committed: str, now: str
) -> None:
    folder = tree(committed)
    commit(folder, "-f", ".")
    before = run(folder, "check", "--deploy", "--app", "bare")
    assert FAILS in before.out
    assert before.err == ""
    (folder / path).write_text(now, "utf-8")
    done = run(folder, "check", "--deploy", "--app", "bare")
    assert done.status == 1
    assert FAILS in done.out
    assert (
        done.err
        == f"configvars: {path} differs from the current commit: the committed state was checked, too.\n"
    )


def test_a_deleted_file_is_deployed_until_that_is_committed(run: Run, tree: Tree) -> None:
    folder = tree(f"{PROCFILE}-- app.py --\nimport conf\n-- conf.py --\nimport os\nos.environ['FOO']\n")
    commit(folder, "-f", ".")
    (folder / "conf.py").unlink()
    assert FAILS in run(folder, "check", "--deploy", "--app", "bare").out
    git(folder, "rm", "-q", "conf.py")
    git(folder, "commit", "-qm", "2")
    assert run(folder, "check", "--deploy", "--app", "bare").status == 0


def test_a_read_that_is_not_committed_counts(run: Run, tree: Tree) -> None:
    folder = tree(f"{PROCFILE}-- app.py --\nprint(1)\n")
    commit(folder, "-f", ".")
    (folder / "app.py").write_text("import os\nos.environ['FOO']\n", "utf-8")
    assert run(folder, "check", "--deploy", "--app", "bare").out.count(FAILS) == 1


def test_what_git_ignores_is_not_deployed(run: Run, tree: Tree) -> None:
    folder = tree(f"{BASE}-- .gitignore --\nboot.py\n")
    commit(folder)
    assert FAILS in run(folder, "check", "--deploy", "--app", "bare").out


def test_what_slugignore_lists_is_not_deployed(run: Run, tree: Tree) -> None:
    folder = tree(f"{BASE}-- .slugignore --\nboot*\n")
    assert FAILS in run(folder, "check", "--deploy", "--app", "bare").out


def test_heroku_knows_no_exceptions_in_slugignore(run: Run, tree: Tree) -> None:
    folder = tree(f"{BASE}-- .slugignore --\nboot*\n!boot.py\n")
    assert FAILS in run(folder, "check", "--deploy", "--app", "bare").out


def test_outside_of_a_repository_the_files_are_deployed(run: Run, tree: Tree) -> None:
    done = run(tree(BASE), "check", "--deploy", "--app", "bare")
    assert (done.status, done.err) == (0, "")


def test_a_clean_repository(run: Run, tree: Tree) -> None:
    folder = tree(BASE)
    commit(folder, "-f", ".")
    (folder / "boot.py").write_bytes(SETS.replace("\n", "\r\n").encode())
    done = run(folder, "check", "--deploy", "--app", "bare")
    assert (done.status, done.err) == (0, "")


def test_without_the_git_package(run: Run, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree(f"{PROCFILE}{APP}-- boot.py --\nimport os\n")
    commit(folder, "-f", ".")
    (folder / "boot.py").write_text(SETS, "utf-8")
    monkeypatch.setitem(sys.modules, "dulwich.errors", None)
    done = run(folder, "check", "--deploy", "--app", "bare")
    assert FAILS in done.out
    assert "boot.py is changed, and what is committed cannot be read" in done.err
