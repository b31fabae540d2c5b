"""A crash of native code ends one server. The next one skips the file that caused it, and names the file."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from support.fixtures import fixture
from support.lsp_client import LspClient

pytestmark = pytest.mark.e2e

PROJECT = """\
-- app.py --
import os
os.environ["APP"]
-- bad.py --
import os
os.environ["CRASH"]
-- .env --
A=1
"""
CRASHES = (
    "import configvars.readers.understanding as understanding, ctypes, sys\n"
    "parsing = understanding.parsing\n"
    "def crash(text):\n"
    "    if 'CRASH' in text: ctypes.string_at(0)\n"
    "    return parsing(text)\n"
    "understanding.parsing = crash\n"
    "from configvars.lsp.main import run; sys.exit(run())"
)
DEEP = "import os\n" + "".join(" " * n + "if x:\n" for n in range(600)) + " " * 600 + "os.environ['B']\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    fixture(PROJECT).write(root)
    return root


def server() -> LspClient:
    return LspClient(command=[sys.executable, "-c", CRASHES])


@pytest.mark.skipif(sys.platform == "win32", reason="processes end differently there")
def test_a_file_that_crashed_a_server_is_not_analysed_by_the_next(project: Path, hermetic: Path) -> None:
    with server() as first:
        first.initialize(project)
        assert first.process.wait(20) == -signal.SIGSEGV
    for _ in range(2):
        with server() as next_one:
            next_one.initialize(project)
            told = next_one.notified("window/showMessage")["message"]
            assert told == "bad.py made configvars crash, and is not analysed until it changes."
            app = next_one.open(project / "app.py")
            assert "missing-variable" in {found["code"] for found in next_one.diagnostics(app, bool)}
            bad = next_one.open(project / "bad.py")
            assert next_one.at("hover", bad, 1, 13) is None
            assert next_one.exit() == 0
    (project / "bad.py").write_text('import os\nos.environ["CHANGED"]\n')
    with server() as last:
        last.initialize(project)
        bad = last.open(project / "bad.py")
        assert "missing-variable" in {found["code"] for found in last.diagnostics(bad, bool)}
        assert last.exit() == 0
    state = [path for path in hermetic.rglob("*") if path.is_file() and "configvars" in str(path)]
    assert {path.name for path in state} <= {"left-alone.json"}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 1)])
def test_a_server_that_is_ended_leaves_no_note(
    project: Path, hermetic: Path, number: signal.Signals, status: int
) -> None:
    with LspClient() as client:
        client.initialize(project)
        app = client.open(project / "app.py")
        assert client.diagnostics(app, bool)
        client.process.send_signal(number)
        assert client.process.wait(20) == status
    assert list(hermetic.rglob("analysing-*")) == []
    assert client.stderr == ""


def test_blocks_that_are_too_deep_for_the_parser_are_reported(project: Path) -> None:
    with LspClient() as client:
        client.initialize(project)
        deep = client.open(project / "deep.py", DEEP)
        told = client.notified("window/showMessage")["message"]
        assert told == "deep.py has more than 256 different indentations and was not checked."
        assert client.at("hover", deep, 0, 1) is None
        app = client.open(project / "app.py")
        assert client.diagnostics(app, bool)
        assert client.exit() == 0
