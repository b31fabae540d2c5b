"""Editors with windows, on an invisible screen: the block of docs/editors.md has them start the server.

What they show cannot be read from outside; what the server and the editor say to each other is recorded.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from support.editors import debian, plain_environment
from support.parts import REPOSITORY

pytestmark = pytest.mark.e2e
SECONDS = 120.0
RECORDER = """#!{python} -I
import subprocess, sys, threading
server = subprocess.Popen([{server!r}, *sys.argv[1:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
def pass_on(source, sink, name):
    with open({folder!r} + "/" + name, "ab", buffering=0) as log:
        while data := source.read1(65536):
            log.write(data)
            sink.write(data)
            sink.flush()
    sink.close()
threading.Thread(target=pass_on, args=(sys.stdin.buffer, server.stdin, "said"), daemon=True).start()
pass_on(server.stdout, sys.stdout.buffer, "heard")
"""


def recorder(folder: Path) -> Path:
    """A `configvars` that runs the real one and keeps what goes through; the folder to put on PATH."""
    real = Path(sys.executable).with_name("configvars")
    (folder / "bin").mkdir(parents=True)
    program = folder / "bin" / "configvars"
    program.write_text(RECORDER.format(python=sys.executable, server=str(real), folder=str(folder)))
    program.chmod(0o755)
    return folder / "bin"


def messages(log: Path) -> list[Any]:
    """The whole messages in a log of one direction."""
    data = log.read_bytes() if log.exists() else b""
    found = []
    while header := re.match(rb"(?:[^\r\n]+\r\n)*?Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n", data):
        end = header.end() + int(header[1])
        if end > len(data):
            break
        found.append(json.loads(data[header.end() : end]))
        data = data[end:]
    return found


@contextmanager
def running(command: list[str], environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    screen = [str(debian("xvfb-run")), "-a", *command]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(screen, env=environ, start_new_session=True, **quiet) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            os.killpg(process.pid, 15)


def ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether a process has ended, waited for a moment."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(0.2)
    return process.returncode is not None


def published(folder: Path, name: str) -> list[str]:
    """The findings in a file that the editor was told of last."""
    told = [
        message["params"]["diagnostics"]
        for message in messages(folder / "heard")
        if message.get("method") == "textDocument/publishDiagnostics"
        and message["params"]["uri"].endswith(f"/{name}")
    ]
    return [found["code"] for found in told[-1]] if told else []


def test_kate(tmp_path: Path, workspace: Path) -> None:
    text = (REPOSITORY / "docs/editors.md").read_text("utf-8")
    block = re.search(r"^```json\n(.*?)^```$", text.split("\n## Kate\n", 1)[1], re.M | re.S)
    assert block
    home, log = tmp_path / "home", tmp_path / "log"
    environ = plain_environment(home, QT_QPA_PLATFORM="xcb", KDE_FULL_SESSION="false")
    environ["PATH"] = f"{recorder(log)}{os.pathsep}{environ['PATH']}"
    settings = home / ".config/kate/lspclient/settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(block[1])
    allowed = f"{log / 'bin' / 'configvars'} server"
    (home / ".config/katerc").write_text(
        "[Kate Plugins]\nlspclientplugin=true\n"
        f"[lspclient]\nAllowedServerCommandLines={allowed},configvars server\n"
    )
    (workspace / ".git").mkdir()
    with running([str(debian("kate")), "-n", str(workspace / "app.py")], environ) as kate:
        end = time.monotonic() + SECONDS
        while "missing-variable" not in published(log, "app.py"):
            assert not ended(kate), "Kate has ended"
            assert time.monotonic() < end, [message.get("method") for message in messages(log / "said")]
    begin = next(message for message in messages(log / "said") if message["method"] == "initialize")
    assert begin["params"]["initializationOptions"] == {"trusted": True}
    assert begin["params"]["rootUri"].rstrip("/").endswith("/ws")
