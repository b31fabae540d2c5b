"""However the program is ended while it calls Heroku, neither the CLI's process nor its temporary folder
is left.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.fake_heroku import FakeHeroku, fake_heroku
from support.fixtures import fixture
from support.lsp_client import LspClient
from support.processes import with_in_environment

pytestmark = pytest.mark.e2e
SERVER = Path(__file__).parents[2] / "server"


@pytest.fixture
def heroku(tmp_path: Path) -> FakeHeroku:
    found = fake_heroku(tmp_path / "heroku", {"shop": {}})
    found.hang()
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    fixture('-- app.py --\nimport os\nos.environ["TOKEN"]\n').write(tmp_path / "project")
    (tmp_path / "tmp").mkdir()
    return tmp_path / "project"


@pytest.fixture
def environ(project: Path, heroku: FakeHeroku) -> dict[str, str]:
    return {**heroku.env, "TMPDIR": str(project.parent / "tmp")}


def terminate(client: LspClient) -> None:
    client.process.send_signal(signal.SIGTERM)


def hang_up(client: LspClient) -> None:
    client.process.send_signal(signal.SIGHUP)


def close_stdin(client: LspClient) -> None:
    assert client.process.stdin
    client.process.stdin.close()


def shut_down(client: LspClient) -> None:
    client.call("shutdown")
    client.notify("exit")


def leave(client: LspClient) -> None:
    client.notify("exit")


@pytest.mark.parametrize("end", [terminate, hang_up, close_stdin, shut_down, leave])
def test_the_server(
    end: Callable[[LspClient], None],
    project: Path,
    heroku: FakeHeroku,
    environ: dict[str, str],
    hermetic: Path,
) -> None:
    with LspClient(env=environ) as client:
        client.initialize(project, trusted=True, settings={"heroku": {"apps": ["shop"]}}, status=True)
        client.notified("configvars/status", lambda p: p["state"] == "fetching")
        while not heroku.calls:
            client.call("workspace/symbol", {"query": ""})
        end(client)
        client.process.wait(20)
        assert client.stderr == ""
    assert with_in_environment(f"HOME={hermetic}") == []
    assert list((project.parent / "tmp").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_command_line(
    number: signal.Signals, project: Path, heroku: FakeHeroku, environ: dict[str, str], hermetic: Path
) -> None:
    command = [sys.executable, "-m", "configvars", "check", "--app", "shop", str(project)]
    env = {**os.environ, **environ, "PYTHONPATH": str(SERVER)}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as process:
        while not heroku.calls:
            assert process.poll() is None
        process.send_signal(number)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 128 + number
    assert said == ""
    assert with_in_environment(f"HOME={hermetic}") == []
    assert list((project.parent / "tmp").iterdir()) == []
