"""The real git, for repositories that tests create."""

from __future__ import annotations

import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder without the settings of any user, and without sample hooks; return its output."""
    settings = ("user.name=t", "user.email=t@example.com", "init.defaultBranch=main", "init.templateDir=")
    command = ("git", *(word for each in settings for word in ("-c", each)), *arguments)
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
