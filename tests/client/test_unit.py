"""Runs the client's own unit tests, type check and linter with npm."""

from __future__ import annotations

import subprocess

import pytest

from support.editors import CLIENT
from support.parts import missing

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("script", ["check", "lint", "test"])
def test_npm(script):
    if not (CLIENT / "node_modules").exists():
        missing("the client's npm packages", "run `make client`")
    done = subprocess.run(
        ["npm", "run", "--silent", script], cwd=CLIENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
