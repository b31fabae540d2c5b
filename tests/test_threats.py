"""Nothing in an untrusted folder makes the program start a process, open a connection or listen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import SERVER, Run
from cli.conftest import run as run
from support.fixtures import fixture

pytestmark = pytest.mark.slow

# The audit events of Python that start a process or use the network.
AUDITED = """
import sys
EVENTS = ("subprocess.", "os.exec", "os.spawn", "os.posix_spawn", "os.system", "os.fork", "os.startfile",
          "pty.", "socket.", "http.", "urllib.", "ftplib.", "smtplib.", "webbrowser.")
def hook(event, arguments):
    if event.startswith(EVENTS):
        sys.stderr.write(f"AUDIT {event}\\n")
sys.addaudithook(hook)
from configvars.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
FOLDER = """\
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[core]
	fsmonitor = touch PWNED
	hooksPath = .
	sshCommand = touch PWNED
	pager = touch PWNED
[alias]
	status = !touch PWNED
[filter "x"]
	clean = touch PWNED
	smudge = touch PWNED
[diff]
	external = touch PWNED
[include]
	path = ../more
[remote "heroku"]
	url = https://git.heroku.com/victim-prod.git
[heroku]
	remote = heroku
-- .git/info/attributes --
* filter=x
-- .gitattributes --
* filter=x
-- app.json --
{"name": "victim-prod", "scripts": {"postdeploy": "touch PWNED"}, "env": {"A": {"generator": "secret"}}}
-- Procfile --
web: touch PWNED; echo $A
-- Makefile --
X := $(shell touch PWNED)
-- pyproject.toml --
[tool.configvars]
heroku.apps = ["victim-prod"]
heroku.path = "./heroku"
-- heroku --
#!/bin/sh
touch PWNED
-- .env --
A=$(touch PWNED)
B=`touch PWNED`
-- app.py --
import os
open("PWNED", "w").close()
os.environ["A"], os.environ["NOT_HERE"]
-- conftest.py --
open("PWNED", "w").close()
-- sitecustomize.py --
open("PWNED", "w").close()
"""
COMMANDS = [
    ("check",),
    ("check", "--fix"),
    ("inventory",),
    ("diff",),
    ("explain", "A"),
    ("rule", "bare-name"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_an_untrusted_folder_starts_nothing_and_sends_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    fixture(FOLDER).write(tmp_path)
    (tmp_path / "heroku").chmod(0o755)
    ran = subprocess.run(
        [sys.executable, "-P", "-c", AUDITED, *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SERVER), "PATH": f".{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.returncode in (0, 1, 2), ran.stderr
    assert "internal error" not in ran.stderr
    assert "AUDIT" not in ran.stderr
    assert not (tmp_path / "PWNED").exists()


def test_the_audit_sees_started_programs(tmp_path: Path) -> None:
    code = AUDITED.split("from configvars")[0] + "import subprocess; subprocess.run([sys.executable, '-V'])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert "AUDIT subprocess.Popen" in ran.stderr


@pytest.mark.parametrize(
    "option", ["--tcp", "--socket=2087", "--port=2087", "--ws", "--pipe=x", "--host=0.0.0.0"]
)
def test_the_server_opens_no_port(run: Run, tmp_path: Path, option: str) -> None:
    assert run(tmp_path, "server", option).status == 2
