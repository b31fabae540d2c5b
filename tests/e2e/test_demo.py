"""`make demo` in a new clone, with the real Heroku CLI, run to its end and interrupted."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.heroku import APPS
from support.parts import REPOSITORY, heroku_cli
from support.processes import has_loaded_engine, with_in_environment

pytestmark = pytest.mark.e2e

MARK = "CONFIGVARS_DEMO_TEST"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The files of a clone that the demo needs."""
    clone = tmp_path / "clone"
    shutil.copytree(REPOSITORY / "examples", clone / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    return clone


@contextmanager
def demo(clone: Path, home: Path) -> Iterator[subprocess.Popen[str]]:
    """Run the demo with the tests' Heroku CLI on PATH.

    All processes that it starts have a mark in their environment.
    """
    process = subprocess.Popen(
        [sys.executable, clone / "examples" / "demo.py"],
        cwd=clone,
        env={
            **os.environ,
            MARK: str(home),
            "HOME": str(home),
            "PATH": os.pathsep.join([str(heroku_cli().parent), os.environ["PATH"]]),
            "HEROKU_API_KEY": "the-key-of-whoever-runs-this",
            "HEROKU_HOST": "https://heroku.invalid",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        bufsize=1,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_the_demo_shows_its_steps(copy: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    before = {path: path.read_bytes() for path in (copy / "examples").rglob("*") if path.is_file()}
    with demo(copy, home) as process:
        told, _ = process.communicate(timeout=600)
    assert process.returncode == 0, told
    first, _, second = told.partition("$ configvars check --app shop-demo")
    assert "STRIPE_API_KEY is missing from .env" in first
    assert "(set on Heroku app shop-demo)" in second
    assert "Pulled STRIPE_API_KEY from shop-demo into .env." in second
    assert "STRIPE_API_KEY" not in second.partition("6. And now?")[2]
    for value in APPS["shop-demo"].config.values():
        assert len(value) < 3 or value not in told
    env = (copy / ".demo" / "shop" / ".env").read_text("utf-8")
    assert f"STRIPE_API_KEY={APPS['shop-demo'].config['STRIPE_API_KEY']}\n" in env
    assert list(home.iterdir()) == []  # no ~/.gitconfig, no ~/.netrc, no cache
    assert {path: path.read_bytes() for path in before} == before
    assert with_in_environment(str(home)) == []


@pytest.mark.parametrize("at", ["$ configvars check", "$ configvars diff"])
def test_an_interrupt_leaves_nothing(copy: Path, tmp_path: Path, at: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with demo(copy, home) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith(at):
                break
        # Until then, Python itself may print a traceback.
        while not any(map(has_loaded_engine, with_in_environment(str(home)))):
            assert process.poll() is None
            time.sleep(0.005)
        os.killpg(process.pid, signal.SIGINT)  # what a terminal sends on Ctrl-C
        told, _ = process.communicate(timeout=300)
    assert process.returncode == 130
    assert "Traceback" not in told
    assert with_in_environment(str(home)) == []
    assert list(home.iterdir()) == []
