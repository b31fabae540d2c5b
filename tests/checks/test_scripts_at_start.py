"""`check --deploy`: variables without which the shell script of a process ends with an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.started import is_reported, severities

_TEST = 'if [ -z "$A" ]; then\n  echo "A?" >&2\n  exit 1\nfi\nexec gunicorn app:app\n'


def project(script: str, command: str = "bash start.sh", name: str = "start.sh") -> str:
    """A project with a script, and the command of its web process."""
    return f"-- Procfile --\nweb: {command}\n-- app.py --\napp = 1\n-- {name} --\n#!/bin/bash\n{script}"


@pytest.mark.parametrize(
    "files",
    [
        project('set -e\necho "$A"\n'),
        project('set -u\necho "${A:-x}"\n'),
        project('set -u\nA=x\necho "$A"\n'),
        project("set -u\necho '$A'\n"),
        project('set -u\nset +u\necho "$A"\n'),
        project('set -u\n. ./vars.sh\necho "$A"\n'),
        project('set -u\nif [ "${B:-}" = x ]; then\n  exit 0\nfi\necho "$A"\n'),
        project('set -u\necho "$HOSTNAME $PWD $PORT $DYNO $HOME"\n'),
        project('if [ -z "$A" ]; then\n  echo "A?"\nfi\n'),
        project('if [ -z "$A" ]; then\n  echo x\nelse\n  exit 1\nfi\n'),
        project('[ -z "$A" ] && echo "A?"\n'),
        project(_TEST, "gunicorn app:app", "deploy.sh"),
        project(_TEST, "A=1 bash start.sh"),
    ],
)
def test_script_that_goes_on(tmp_path: Path, files: str) -> None:
    assert not is_reported(tmp_path, files)


@pytest.mark.parametrize(
    "files",
    [
        project('set -u\necho "$A"\n'),
        project('set -euo pipefail\nexport B="$A"\nexec gunicorn app:app\n'),
        project('set -o nounset\n[[ -z "$A" ]] && echo no\n'),
        project(_TEST),
        project('[ -z "${A:-}" ] && echo "A?" && exit 1\n'),
        project('test -n "$A" || { echo "A?"; exit 1; }\n'),
        project('set -eu\nexec gunicorn app:app --bind "$A"\n', "./start.sh"),
    ],
)
def test_script_that_ends(tmp_path: Path, files: str) -> None:
    assert is_reported(tmp_path, files)


def test_variable_that_the_app_has(tmp_path: Path) -> None:
    assert not severities(tmp_path, project(_TEST), "A=1\n")
