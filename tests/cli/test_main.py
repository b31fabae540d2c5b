"""How commands end: never with a traceback, and quietly if nobody reads the output any more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import configvars
from cli.conftest import SERVER, Run
from configvars import failures
from configvars.cli import rule
from configvars.cli.errors import CannotRun
from support.forked import run_python
from support.processes import has_loaded_engine

Tree = Callable[[str], Path]
COMMANDS = ("check", "inventory", "pull", "diff", "explain", "rule", "server")


def test_version(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path, "--version").out == f"configvars {configvars.__version__}\n"


def test_help_names_every_command(run: Run, tmp_path: Path) -> None:
    ran = run(tmp_path, "--help")
    assert ran.status == 0
    assert all(command in ran.out for command in COMMANDS)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("check", "0 for success; 1 if there is a finding at or above --fail-on; 2 if it could not run."),
        ("template", "0 for success; 1 if --check or --diff found something to add; 2 if it could not run."),
        ("inventory", "0 for success; 2 if it could not run."),
    ],
)
def test_help_says_what_each_exit_status_means(run: Run, tmp_path: Path, command: str, said: str) -> None:
    assert run(tmp_path, command, "--help").out.replace("\n", " ").endswith(f"Exit status: {said} ")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run: Run, tmp_path: Path, command: str) -> None:
    ran = run(tmp_path, command, "--help")
    assert ran.status == 0
    assert f"usage: configvars {command}" in ran.out


@pytest.mark.parametrize("arguments", [[], ["what"], ["--what"], ["explain"]])
def test_wrong_use_is_one_line(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    ran = run(tmp_path, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("configvars: ")
    assert ran.err.count("\n") == 1


def _raise(error: BaseException) -> Callable[..., int]:
    def run(args: object) -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (CannotRun("No."), 2, "configvars: No.\n"),
        (KeyboardInterrupt(), 130, ""),
        (ValueError("canary"), 2, "configvars: internal error (ValueError at cli/main.py:"),
        (RecursionError("canary"), 2, "configvars: internal error (RecursionError at cli/main.py:"),
        (MemoryError(), 2, "configvars: internal error (MemoryError at cli/main.py:"),
    ],
)
def test_errors_are_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, said: str
) -> None:
    monkeypatch.setattr(rule, "run", _raise(error))
    ran = run(tmp_path, "rule")
    assert (ran.status, ran.out) == (status, "")
    assert ran.err.startswith(said)
    assert "canary" not in ran.err
    assert ran.err.count("\n") <= 1


def test_of_many_internal_errors_the_rest_is_counted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faults: list[failures.Failure]
) -> None:
    def failing(args: object) -> int:
        for number in range(25):
            with failures.contained(f"step {number}"):
                raise ValueError
        return 0

    monkeypatch.setattr(rule, "run", failing)
    ran = run(tmp_path, "rule")
    assert ran.status == 2
    assert ran.err.count("please report it.\n") == 20
    assert ran.err.endswith("\nconfigvars: 5 more such errors.\n")
    faults.clear()


def started(folder: Path, *arguments: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "configvars", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SERVER)},
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_closed_pipe_is_not_an_error(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = started(tmp_path, "rule", "--output-format", "json", stdout=writing)
    os.close(writing)
    _, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device here")
@pytest.mark.parametrize("arguments", [["rule"], ["rule", "--output-format", "json"]])
def test_a_full_disk_is_reported(tmp_path: Path, arguments: list[str]) -> None:
    command = ("-m", "configvars", *arguments)
    prepared = ("configvars.cli.main", "configvars.checks")
    ran = run_python(*command, cwd=tmp_path, env=os.environ, stdout=Path("/dev/full"), prepared=prepared)
    assert ran.returncode == 2
    assert ran.stderr == "configvars: The output could not be written: the disk is full.\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux shows what a process has loaded")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_is_quiet(tmp_path: Path, number: signal.Signals, status: int) -> None:
    for file in range(40):
        reads = "".join(f'import os\nos.environ["A{number}"]\n' for number in range(2000))
        (tmp_path / f"m{file}.py").write_text(reads)
    process = started(tmp_path, "check")
    while not has_loaded_engine(process.pid) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(number)
    _, said = process.communicate(timeout=300)
    # If the signal arrives while a class is being created, Python ends itself by the signal; shells
    # report 130 too.
    assert (process.returncode in (status, -number), said) == (True, b"")


def test_a_terminal_without_unicode_is_not_an_error(tree: Tree, spawn: Run) -> None:
    folder = tree('-- .env --\nA=1\n-- żółć.py --\nimport os\nos.environ["B"]\n')
    ran = spawn(folder, "check", PYTHONIOENCODING="ascii")
    assert ran.status == 1
    assert "\\u017c" in ran.out
    assert ran.err == ""


def test_escapes_in_names_do_not_reach_the_terminal(tree: Tree, run: Run) -> None:
    folder = tree("x = 1\n")
    (folder / "a\x1b[31m.py").write_text('import os\nos.environ["B"]\n', "utf-8")
    (folder / ".env").write_text("'E\x1b[31mE'=1\n", "utf-8")
    for command in ("check", "inventory"):
        assert "\x1b" not in run(folder, command).out
