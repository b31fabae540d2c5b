"""`configvars check --fix`: what it changes without asking, and which findings it leaves unchanged."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from configvars.cli.fixing import apply_fixes
from configvars.model import Finding
from configvars.slices import finish
from configvars.workspace import Workspace

Tree = Callable[[str], Path]

READS = "-- app.py --\nimport os\nos.environ['A'], os.environ['B']\n"
TWICE = "# one\nA=canary\nB=1\nA=canary\n"
ONCE = "# one\nA=canary\nB=1\n"
GIT = "-- .git/HEAD --\nref: refs/heads/main\n"
RENAMED = """\
-- config.py --
class Config:
    secret_key = "dev"
    DEBUG = False
-- app.py --
from flask import Flask
from config import Config
app = Flask(__name__)
app.config.from_object(Config)
salt = Config.secret_key
"""
SQLALCHEMY = """\
-- app.py --
import os
from sqlalchemy import create_engine
engine = create_engine(os.environ["DATABASE_URL"])
-- .env --
DATABASE_URL=postgres://u:p@localhost/shop
"""

LEFT_ALONE = {
    "another value": (".env", f"-- .env --\nA=canary\nB=1\nA=other\n{READS}"),
    "a different spelling": (".env", f"-- .env --\nA=canary\nB=1\nexport A=canary\n{READS}"),
    "read between": (".env", f"-- .env --\nA=canary\nB=${{A}}\nA=canary\n{READS}"),
    "a merge": (".env", f"-- .env --\n<<<<<<< HEAD\nA=canary\n=======\nA=canary\nB=1\n>>>>>>> b\n{READS}"),
    "a byte order mark": (".env", f"-- .env --\n\ufeffA=canary\nB=1\nA=canary\n{READS}"),
    "git-ignored": (".env", f"{GIT}-- .gitignore --\n.env\n-- .env --\n{TWICE}{READS}"),
    "git-ignored by a pattern": (".env.local", f"{GIT}-- .gitignore --\n.env.*\n-- .env.local --\n{TWICE}"),
    "git's answer is not known": (
        ".env",
        f"{GIT}-- .git/config --\n[core]\nworktree=/\n-- .env --\n{TWICE}{READS}",
    ),
    "a patch": (".env.patch", f"-- .env.patch --\n{TWICE}{READS}"),
    "a template of Jinja": (".env.j2", f"-- .env.j2 --\n{TWICE}{READS}"),
    "a template of ERB": (".env.erb", f"-- .env.erb --\n{TWICE}{READS}"),
    "a copy": (".env.bak", f"-- .env.bak --\n{TWICE}{READS}"),
    "an unclear file name": ("prod.env", f"-- prod.env --\n{TWICE}{READS}"),
    "a key of a class": ("config.py", RENAMED),
    "a URL that would change": (".env", SQLALCHEMY),
    "a line that heroku local reads differently": (".env", f"-- .env --\nA=canary#\nB=1\n{READS}"),
}


@pytest.mark.parametrize("why", LEFT_ALONE)
def test_files_that_are_not_changed(run: Run, tree: Tree, why: str) -> None:
    name, text = LEFT_ALONE[why]
    folder = tree(text)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    ran = run(folder, "check", "--fix")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert (folder / name) in before
    assert "Fixed" not in ran.out
    assert "can be fixed" not in run(folder, "check").out
    assert "canary" not in ran.out + ran.err


NAMED = {
    "by code": "-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv('prod.env')\n",
    "by a setting": "-- pyproject.toml --\n[tool.configvars]\nenv-files = ['prod.env']\n",
    "by a pattern": "-- pyproject.toml --\n[tool.configvars]\nenv-files = ['*.env']\n",
}


@pytest.mark.parametrize("how", NAMED)
def test_a_named_env_file_may_have_any_name(run: Run, tree: Tree, how: str) -> None:
    folder = tree(f"-- prod.env --\n{TWICE}{NAMED[how]}")
    assert "Fixed prod.env." in run(folder, "check", "--fix").out
    assert (folder / "prod.env").read_text("utf-8") == ONCE


@pytest.mark.parametrize("name", [".env", ".flaskenv", ".env.production", ".env.test.local", ".env.example"])
def test_a_repeated_line(run: Run, tree: Tree, name: str) -> None:
    folder = tree(f"-- {name} --\n{TWICE}{READS}-- {name}.patch --\n{TWICE}")
    assert "1 can be fixed with --fix." in run(folder, "check").out
    assert f"Fixed {name}." in run(folder, "check", "--fix").out
    assert (folder / name).read_text("utf-8") == ONCE
    assert (folder / f"{name}.patch").read_text("utf-8") == TWICE
    assert "Fixed" not in run(folder, "check", "--fix").out


def test_a_file_that_git_does_not_ignore(run: Run, tree: Tree) -> None:
    folder = tree(f"{GIT}-- .env.example --\n{TWICE}{READS}")
    assert "Fixed .env.example." in run(folder, "check", "--fix").out


_OTHERS: dict[str, Callable[[Path], object]] = {
    "text above": lambda file: file.write_text(f"NEW=1\n{TWICE}"),
    "less text": lambda file: file.write_text("B=1\n"),
    "no file": lambda file: file.unlink(missing_ok=True),
}


@pytest.mark.parametrize("change", _OTHERS.values(), ids=_OTHERS)
def test_a_file_that_another_program_changes_meanwhile(tree: Tree, change: Callable[[Path], object]) -> None:
    folder = tree(f"-- .env --\n{TWICE}")
    file, workspace = folder / ".env", Workspace(str(folder))
    finish(workspace.load())

    def findings() -> list[Finding]:
        found = list(workspace.findings(str(file)))
        change(file)
        return found

    after = folder / "after"
    after.write_text(TWICE)
    change(after)
    (said,) = apply_fixes(workspace, findings, str(folder))
    assert said == ".env was not changed: the file has changed in the meantime."
    assert file.exists() == after.exists()
    assert not after.exists() or file.read_text("utf-8") == after.read_text("utf-8")


def test_only_what_is_selected(run: Run, tree: Tree) -> None:
    folder = tree(f"-- .env --\n{TWICE}")
    run(folder, "check", "--fix", "--ignore", "duplicate-variable")
    assert (folder / ".env").read_text("utf-8") == TWICE


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_files_without_permission_are_not_changed(run: Run, tree: Tree) -> None:
    folder = tree(f"-- local.txt --\n{TWICE}")
    (folder / ".env").symlink_to("local.txt")
    ran = run(folder, "check", "--fix")
    assert ".env was not changed: it is a symbolic link to " in ran.out
    assert (folder / "local.txt").read_text("utf-8") == TWICE
