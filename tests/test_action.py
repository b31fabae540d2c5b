"""The GitHub Action: its steps run here as on a runner, except for those that install something."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.fake_heroku import fake_heroku
from support.fixtures import fixture

REPOSITORY = Path(__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}
SHOP = """\
-- app.py --
import os
os.environ["SECRET_KEY"], os.environ["STRIPE"]
-- .env.example --
SECRET_KEY=
STRIPE=
"""
LACKS = "::error title=configvars (not-on-heroku)"
NOTHING = "### configvars: nothing found"

pytestmark = [
    pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="a runner has bash"),
    pytest.mark.slow,
]


def check(folder: Path, **inputs: str) -> tuple[int, str, str]:
    """Run the step that checks; returns its exit status, its output, and the job summary."""
    temporary = folder / "runner"
    program = temporary / "configvars" / "bin" / "configvars"
    program.parent.mkdir(parents=True)
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={REPOSITORY / "server"} exec {sys.executable} -m configvars "$@"\n'
    )
    program.chmod(0o755)
    fixture(SHOP).write(folder / "shop")
    heroku = fake_heroku(folder / "heroku", {"full": {"SECRET_KEY": "x", "STRIPE": "x"}, "empty": {}})
    given = {name: inputs.get(name, each["default"]) for name, each in ACTION["inputs"].items()}
    environ = {
        name: value.replace("${{ inputs.", "").replace(" }}", "")
        for name, value in STEPS["Check"]["env"].items()
    }
    ran = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", STEPS["Check"]["run"]],
        cwd=folder / "shop",
        env={
            **os.environ,
            **heroku.env,
            **{name: given[source] for name, source in environ.items()},
            "RUNNER_TEMP": str(temporary),
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "CI": "true",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    summary = folder / "summary.md"
    return ran.returncode, ran.stdout + ran.stderr, summary.read_text("utf-8") if summary.exists() else ""


@pytest.mark.parametrize(
    ("inputs", "status", "said", "summary"),
    [
        ({}, 0, "compared with .env.example", NOTHING),
        ({"app": "full"}, 0, "", NOTHING),
        ({"app": "empty"}, 1, LACKS, "heroku config:set SECRET_KEY=… STRIPE=… --app"),
        ({"app": "full,empty"}, 1, LACKS, "--app empty"),
        ({"app": "empty", "args": "--exit-zero --ignore not-on-heroku"}, 0, "", NOTHING),
        ({"app": "nowhere"}, 2, "Your Heroku account has no app called nowhere", ""),
        ({"app": "$(touch pwned)"}, 2, "is not the name of a Heroku app", ""),
        ({"args": "; touch pwned"}, 2, "; does not exist.", ""),
    ],
)  # fmt: skip
def test_the_check(tmp_path: Path, inputs: dict[str, str], status: int, said: str, summary: str) -> None:
    code, out, told = check(tmp_path, **inputs)
    assert (code, said in out, summary in told) == (status, True, True), out
    assert not list(tmp_path.rglob("pwned"))


def test_no_input_is_written_into_a_script() -> None:
    """Workflow inputs reach the shell only through its environment."""
    assert not [name for name, step in STEPS.items() if "${{" in step["run"]]


def test_every_input_is_used() -> None:
    used = str(ACTION["runs"])
    assert not [name for name in ACTION["inputs"] if f"inputs.{name}" not in used]
