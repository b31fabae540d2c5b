"""The real git, for repositories that tests create."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder without the settings of any user, and without sample hooks; return its output."""
    if arguments in (("init",), ("init", "-q")) and not (folder / ".git").exists():
        shutil.copytree(_new_repository() / ".git", folder / ".git")
        return ""
    settings = (
        "user.name=t",
        "user.email=t@example.com",
        "init.defaultBranch=main",
        "init.templateDir=",
        "maintenance.auto=false",  # a commit would start one more process
    )
    command = ("git", *(word for each in settings for word in ("-c", each)), *arguments)
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def commit(folder: Path, *files: str) -> None:
    """Commit files of a folder, by default all; it becomes a repository if it is none.

    `files` are the arguments of `git add`.
    """
    if not (folder / ".git").exists():
        git(folder, "init")
    git(folder, "add", *(files or (".",)))
    git(folder, "commit", "-qm", "changes")


@cache
def _new_repository() -> Path:
    """A repository that `git init` has just created: copying it takes less time than creating another."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    git(folder, "init", "--quiet")
    return folder
