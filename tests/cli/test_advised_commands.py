"""Commands that messages advise: a real shell runs them as they are, whatever the files are called."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

from cli.conftest import Run
from support.git import git

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the commands are for POSIX shells")

ODD_FOLDERS = ("a b", "it's", "$HOME", "-rf", "`x`", "ż&z")


def project(folder: Path, env: str = "SECRET_KEY=h4-rTz8!w\n") -> None:
    folder.mkdir()
    (folder / ".env").write_text(env)
    (folder / "app.py").write_text('import os\nos.environ["SECRET_KEY"], os.environ["NEW"]\n')


def advised(text: str, program: str) -> str:
    """The command with a program in a message."""
    found = re.search(rf"`({program} .*)`", text) or re.search(rf"({program} .*)", text)
    assert found
    return found[1]


def in_shell(folder: Path, command: str) -> None:
    subprocess.run(["bash", "-c", command], cwd=folder, check=True, timeout=20)


@pytest.mark.parametrize("name", ODD_FOLDERS)
def test_chmod(run: Run, tmp_path: Path, name: str) -> None:
    project(tmp_path / name)
    (tmp_path / name / ".env").chmod(0o666)
    ran = run(tmp_path, "check", "--select", "readable-by-others", "--output-format", "concise", f"./{name}")
    in_shell(tmp_path, advised(ran.out, "chmod"))
    assert stat.S_IMODE((tmp_path / name / ".env").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ODD_FOLDERS)
def test_git_rm(run: Run, tmp_path: Path, name: str) -> None:
    git(tmp_path, "init", "-q")
    project(tmp_path / name)
    git(tmp_path, "add", "-A")
    ran = run(tmp_path, "check", "--select", "tracked-by-git", "--output-format", "concise", f"./{name}")
    command = advised(ran.out.replace(", ignore it", "\n"), "git").rstrip("`")
    in_shell(tmp_path, command)
    assert ".env" not in git(tmp_path, "ls-files")


@pytest.mark.parametrize("name", ODD_FOLDERS)
def test_template(run: Run, tmp_path: Path, name: str) -> None:
    project(tmp_path / name)
    ran = run(tmp_path, "template", "--check", f"./{name}")
    command = advised(ran.out, "configvars").replace("configvars", 'printf "%s\\n"', 1)
    shown = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines() == ["template", f"./{name}"]
