"""Which Pythons of a machine `.ci/run` runs the fast tests on: each once, the distribution's own first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "pythons"
THIS = f"{sys.version.split()[0]} {os.path.realpath(sys.executable)}"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script for bash")


def listed(*path: Path, distribution: str | Path = "/nowhere/python3") -> list[str]:
    folders = [*map(str, path), "/usr/bin", "/bin"]
    environ = {"PATH": os.pathsep.join(folders), "DISTRIBUTION_PYTHON": str(distribution)}
    ran = subprocess.run([SCRIPT], env=environ, capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


def stand_in(file: Path, says: str) -> Path:
    """A program that stands in for a Python which is not on this machine."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{says}\n")
    file.chmod(0o755)
    return file


@pytest.fixture(scope="module")
def of_system() -> list[str]:
    return listed()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("python3.10", "exit 0"),  # too old: it says nothing
        ("python3.12", 'echo "pyenv: python3.12: command not found" >&2; exit 127'),  # a shim
        ("python3-config", "echo 3.13.0 /opt/python3"),
        ("python3.13t", "echo 3.13.0 /opt/python3"),
    ],
)
def test_what_is_left_out(of_system: list[str], tmp_path: Path, name: str, says: str) -> None:
    stand_in(tmp_path / "bin" / name, says)
    assert listed(tmp_path / "bin") == of_system


def test_a_python_under_several_names_is_listed_once(tmp_path: Path) -> None:
    for name in ("a/python3", "a/python3.11", "b/python3.12"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(os.path.realpath(sys.executable))
    assert listed(tmp_path / "a", tmp_path / "b").count(THIS) == 1


def test_the_distribution_s_own_comes_first(tmp_path: Path) -> None:
    stand_in(tmp_path / "bin" / "python3", "echo 3.14.1 /opt/a/bin/python3.14")
    stand_in(tmp_path / "bin" / "python3.13", "echo 3.13.9 /opt/b/bin/python3.13")
    own = stand_in(tmp_path / "own", "echo 3.11.2 /usr/bin/python3.11")
    found = listed(tmp_path / "bin", distribution=own)
    assert found[:3] == [
        "3.11.2 /usr/bin/python3.11",
        "3.14.1 /opt/a/bin/python3.14",
        "3.13.9 /opt/b/bin/python3.13",
    ]


def test_ci_runs_the_fast_tests_on_each() -> None:
    run = (SCRIPT.parent / "run").read_text("utf-8")
    assert ".ci/on-every-python\n" in run
    loop = (SCRIPT.parent / "on-every-python").read_text("utf-8")
    assert ".ci/pythons | while read -r version python" in loop
    assert '-m "not e2e and not slow"' in loop
