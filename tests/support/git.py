"""The real git, for repositories that tests create."""

from __future__ import annotations

import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder without the settings of any user; return its output."""
    settings = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main")
    command = ("git", *settings, *arguments)
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
