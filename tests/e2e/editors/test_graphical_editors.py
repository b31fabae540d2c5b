"""Editors with windows, on a virtual screen: configured as in docs/editors.md, they start the server.

What they show cannot be read from outside, so the messages between editor and server are recorded.
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
from support.qt_settings import variant

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
    """Create a `configvars` that runs the real one and records all messages; return its folder for PATH."""
    real = Path(sys.executable).with_name("configvars")
    (folder / "bin").mkdir(parents=True)
    program = folder / "bin" / "configvars"
    program.write_text(RECORDER.format(python=sys.executable, server=str(real), folder=str(folder)))
    program.chmod(0o755)
    return folder / "bin"


def messages(log: Path) -> list[Any]:
    """The complete messages in a log of one direction."""
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
    """Whether a process ends within 0.2 seconds."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(0.2)
    return process.returncode is not None


def published(folder: Path, name: str) -> list[str]:
    """The checks of the diagnostics that the editor received last for a file."""
    told = [
        message["params"]["diagnostics"]
        for message in messages(folder / "heard")
        if message.get("method") == "textDocument/publishDiagnostics"
        and message["params"]["uri"].endswith(f"/{name}")
    ]
    return [found["code"] for found in told[-1]] if told else []


def shows_what_is_missing(editor: str, file: Path, log: Path, environ: dict[str, str], *more: str) -> Any:
    """Open a file in an editor and wait until the server reports the missing variable in it.

    Returns the params of the editor's `initialize`.
    """
    environ = {**environ, "PATH": f"{recorder(log)}{os.pathsep}{environ['PATH']}"}
    with running([str(debian(editor)), *more, str(file)], environ) as process:
        end = time.monotonic() + SECONDS
        while "missing-variable" not in published(log, file.name):
            assert not ended(process), f"{editor} has ended"
            assert time.monotonic() < end, [message.get("method") for message in messages(log / "said")]
    told = messages(log / "said")
    return next(message["params"] for message in told if message.get("method") == "initialize")


def section(heading: str) -> str:
    text = (REPOSITORY / "docs/editors.md").read_text("utf-8")
    return text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def test_kate(tmp_path: Path, workspace: Path) -> None:
    block = re.search(r"^```json\n(.*?)^```$", section("Kate"), re.M | re.S)
    assert block
    home, log = tmp_path / "home", tmp_path / "log"
    environ = plain_environment(home, QT_QPA_PLATFORM="xcb", KDE_FULL_SESSION="false")
    settings = home / ".config/kate/lspclient/settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(block[1])
    allowed = f"{log / 'bin' / 'configvars'} server"
    (home / ".config/katerc").write_text(
        "[Kate Plugins]\nlspclientplugin=true\n"
        f"[lspclient]\nAllowedServerCommandLines={allowed},configvars server\n"
    )
    (workspace / ".git").mkdir()
    begin = shows_what_is_missing("kate", workspace / "app.py", log, environ, "-n")
    assert begin["initializationOptions"] == {"trusted": True}
    assert begin["rootUri"].rstrip("/").endswith("/ws")


@pytest.mark.parametrize("has_project", [True, False])
def test_qt_creator(has_project: bool, tmp_path: Path, workspace: Path) -> None:
    """Qt Creator with the fields of the table in docs/editors.md. A file outside a project has no root."""
    rows = re.findall(r"^\| ([^|`]+) \| (.+) \|$", section("Qt Creator"), re.M)
    fields = {name: re.findall(r"`([^`]+)`", content) or [content] for name, content in rows}
    assert fields["Startup behaviour"] == ["Start Server per Project"]
    program, argument = fields["Executable, arguments"]
    client = {
        "typeId": "LanguageClient::StdIOSettingsID",
        "name": "configvars",
        "id": "{7d0c3a0e-0000-4000-8000-000000000001}",
        "enabled": True,
        "startupBehavior": 2 if has_project else 1,
        "mimeType": fields["Language: MIME types"],
        "filePattern": fields["Language: file patterns"],
        "initializationOptions": fields["Initialization options"][0],
        "configuration": "",
        "executable": program,
        "arguments": argument,
    }
    home = tmp_path / "home"
    settings = home / ".config/QtProject/QtCreator.ini"
    settings.parent.mkdir(parents=True)
    clients = variant([client])
    settings.write_text(f"[LanguageClient]\nclients={clients}\ntypedClients={clients}\n")
    (workspace / "ws.pyproject").write_text('{"files": ["app.py"]}')
    environ = plain_environment(home, QT_QPA_PLATFORM="xcb")
    project = [str(workspace / "ws.pyproject")] if has_project else []
    begin = shows_what_is_missing("qtcreator", workspace / "app.py", tmp_path / "log", environ, *project)
    assert begin["initializationOptions"] == {"trusted": True}
    assert (begin["rootUri"] or "").endswith("/ws") is has_project
