"""Fixtures that run commands as a user does: in a folder, with arguments, reading the output."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from configvars.cli import arguments as options
from configvars.cli import main as program
from support.fixtures import fixture

SERVER = Path(__file__).parents[2] / "server"


@dataclass(frozen=True)
class Ran:
    """The result of a command: its exit status and its output."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]
_parser = cache(options.parser)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process: `run(folder, *arguments)`."""

    # Creating all options takes much longer than most commands in a small folder.
    monkeypatch.setattr(program, "parser", _parser)

    def run(folder: Path, *arguments: str) -> Ran:
        monkeypatch.chdir(folder)
        try:
            status = program.main(arguments)
        except SystemExit as exit_:  # --help and --version
            status = int(exit_.code or 0)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return run


@pytest.fixture
def spawn() -> Run:
    """Runs a command as a process of its own, for at most 20 seconds."""

    def spawn(folder: Path, *arguments: str, **environ: str) -> Ran:
        ran = subprocess.run(
            [sys.executable, "-m", "configvars", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(SERVER), **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=20,
            check=False,
        )
        assert "please report it" not in ran.stderr
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    return spawn


@pytest.fixture
def tree(tmp_path: Path) -> Callable[[str], Path]:
    """Writes the files of a fixture into a folder and returns the folder."""

    def tree(text: str) -> Path:
        fixture(text).write(tmp_path)
        return tmp_path

    return tree
