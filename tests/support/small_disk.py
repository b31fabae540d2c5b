"""Runs programs that run out of disk space: on a 64 KiB file system if one can be mounted, else with a
limit.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

_SERVER = Path(__file__).parents[2] / "server"
_UNSHARE = ("unshare", "--user", "--map-root-user", "--mount")
_MOUNT = 'mount -t tmpfs -o size=64k none "$0" && cd "$0" && exec "$@"'
_LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (16384, 16384))\n"


@cache
def kinds() -> tuple[str, ...]:
    """The ways in which a disk can be full on this machine."""
    can_mount = (
        shutil.which("unshare")
        and not subprocess.run(
            [*_UNSHARE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
        ).returncode
    )
    return ("limit", "mount") if can_mount else ("limit",)


def run(kind: str, folder: Path, program: str) -> str:
    """Run a Python program in `folder`, which is empty and has little space; return its output."""
    python = [sys.executable, "-c", (_LIMIT if kind == "limit" else "") + program]
    ran = subprocess.run(
        [*_UNSHARE, "sh", "-c", _MOUNT, str(folder), *python] if kind == "mount" else python,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(_SERVER)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
