"""Completion in shells: what the Tab key offers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import SERVER, Run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_every_shell_has_a_script(run: Run, tmp_path: Path, shell: str) -> None:
    ran = run(tmp_path, "completion", shell)
    assert (ran.status, ran.err) == (0, "")
    assert "configvars" in ran.out
    assert "_ARGCOMPLETE" in ran.out


def test_an_unknown_shell(run: Run, tmp_path: Path) -> None:
    ran = run(tmp_path, "completion", "powershel")
    assert ran.status == 2
    assert "Did you mean powershell?" in ran.err


@pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (
            "configvars check --select missing-",
            ["missing-env-file", "missing-optional-variable", "missing-variable"],
        ),
        *(
            pytest.param(*each, marks=pytest.mark.slow)
            for each in (
                ("configvars inv", ["inventory"]),
                ("configvars check --exit", ["--exit-zero"]),
                ("configvars check --output-format j", ["json", "junit"]),
                ("configvars check --ignore env", ["env-files"]),
                ("configvars rule tracked", ["tracked-by-git"]),
                ("configvars help che", ["check"]),
                ("configvars completion f", ["fish"]),
                ("configvars template --ch", ["--check"]),
                ("configvars rule secr", ["secrets"]),
            )
        ),
    ],
)
def test_bash(tmp_path: Path, line: str, offered: list[str]) -> None:
    """A real bash, with the variables set as bash sets them when Tab is pressed."""
    program = tmp_path / "bin" / "configvars"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m configvars "$@"\n')
    program.chmod(0o755)
    script = f"""
set -e
eval "$(configvars completion bash)"
COMP_LINE='{line}' COMP_POINT={len(line)} COMP_TYPE=9 COMP_WORDS=({line}) COMP_CWORD={len(line.split()) - 1}
_python_argcomplete configvars '{line.split()[-1]}' '{line.split()[-2]}'
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(SERVER)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert sorted(word.strip() for word in ran.stdout.splitlines()) == offered
