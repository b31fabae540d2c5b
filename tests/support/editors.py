"""The editors for the tests: where they are installed, and the environment in which they run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from support.parts import REPOSITORY, missing

CLIENT = REPOSITORY / "client-vscode"
SERVER = (str(Path(sys.executable).with_name("configvars")), "server")


def part(name: str) -> Path:
    """The folder of a part that `make parts` installs."""
    folder = REPOSITORY / ".parts" / name
    if not folder.exists():
        missing(name, "run `make parts`")
    return folder


def debian(program: str) -> Path:
    """A program that `make test-deps` installs."""
    found = shutil.which(program)
    if not found:
        missing(program, "run `make test-deps` (as root)")
    return Path(found)


def package() -> Path:
    """The extension as it is published: the newest `.vsix` for this machine.

    It must not be older than its sources.
    """
    packages = sorted(CLIENT.glob("configvars-linux-x64-*.vsix"), key=_changed)
    if not packages:
        missing("the VS Code extension", "run `make client`")
    sources = [*(REPOSITORY / "server").rglob("*.py"), *(CLIENT / "src").iterdir(), CLIENT / "package.json"]
    newest, built = max(sources, key=_changed), packages[-1]
    assert _changed(newest) <= _changed(built), f"{newest} is newer than {built.name}: run `make client`"
    return built


def _changed(file: Path) -> float:
    return file.stat().st_mtime


def plain_environment(home: Path, **more: str) -> dict[str, str]:
    """An environment without the settings of this machine's user, with this Python first on PATH."""
    home.mkdir(parents=True, exist_ok=True)
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"])
    return {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8", **more}


def run_editor(command: list[str], environment: Mapping[str, str], timeout: float = 1000) -> str:
    """Run an editor until it ends and return its output. If it fails, the test fails and shows the output."""
    done = subprocess.run(
        command, env=dict(environment), capture_output=True, text=True, timeout=timeout, check=False
    )
    assert done.returncode == 0, f"{command[0]} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout
