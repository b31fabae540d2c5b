"""The program runs no code of the project, however it is started and wherever Python looks for modules
first.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from configvars.start import quoted
from support.lsp_client import LspClient

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[1]
SCRIPT = str(Path(sys.executable).with_name("configvars"))
BUNDLED = REPOSITORY / "client-vscode" / "bundled" / "start.py"
# What Python imports before the first line of the module that it runs.
OF_PYTHON = {
    *("collections", "contextlib", "encodings", "functools", "importlib", "keyword", "operator"),
    *("reprlib", "types", "warnings"),
}
OURS = ("attrs", "cattrs", "dotenv", "lsprotocol", "pathspec", "platformdirs", "pygls", "tree_sitter")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A project in which every module that Python or configvars might import leaves a mark when it is
    imported.
    """
    folder = tmp_path / "project"
    folder.mkdir()
    trace = f"open({str(tmp_path / 'ran')!r}, 'a').write(__name__ + '\\n')\n"
    for name in {*sys.stdlib_module_names, *OURS} - OF_PYTHON:
        (folder / f"{name}.py").write_text(trace)
    (folder / "app.py").write_text('import os\nos.environ["A"]\n')
    (folder / ".env").write_text("B=1\n")
    return folder


def ran(hostile: Path) -> list[str]:
    trace = hostile.parent / "ran"
    return trace.read_text().splitlines() if trace.exists() else []


def environ(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PATH": f"{Path(SCRIPT).parent}{os.pathsep}{kept['PATH']}", **more}


def hooks() -> list[list[str]]:
    text = (REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8")
    return [shlex.split(entry) for entry in re.findall(r"^  entry: (.*)$", text, re.MULTILINE)]


CHECK_HOOK, TEMPLATE_HOOK = hooks()
MISSING, UNLISTED = "A is missing from .env", ".env.example does not list A"
ENTRIES = {
    "script": ([SCRIPT, "check"], MISSING),
    "module": ([sys.executable, "-m", "configvars", "check"], MISSING),
    "pre-commit": (CHECK_HOOK, MISSING),
    "pre-commit, template": (TEMPLATE_HOOK, UNLISTED),
}


@pytest.mark.parametrize("pythonpath", ["", ".", "/nowhere"])
@pytest.mark.parametrize("entry", ENTRIES)
def test_check_runs_no_code_of_the_project(hostile: Path, entry: str, pythonpath: str) -> None:
    more = {"PYTHONPATH": pythonpath} if pythonpath else {}
    command, expected = ENTRIES[entry]
    said = subprocess.run(
        command,
        cwd=hostile,
        env=environ(**more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran(hostile) == []
    assert (said.returncode, expected in said.stdout, said.stderr) == (1, True, "")


@pytest.mark.parametrize("pythonpath", ["", "."])
@pytest.mark.parametrize(
    "command", [[SCRIPT], [sys.executable, "-m", "configvars"]], ids=["script", "module"]
)
def test_the_server_runs_no_code_of_the_project(
    hostile: Path, command: list[str], pythonpath: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile)
    with LspClient(command=[*command, "server"], env={"PYTHONPATH": pythonpath}) as client:
        client.initialize(hostile)
        app = client.open(hostile / "app.py")
        assert [finding["code"] for finding in client.diagnostics(app)] == ["missing-variable"]
        assert client.exit() == 0
    assert ran(hostile) == []


@pytest.mark.parametrize("options", [["-I"], []], ids=["isolated", "not isolated"])
def test_the_bundled_server_runs_no_code_of_the_project(hostile: Path, options: list[str]) -> None:
    command = [sys.executable, *options, str(BUNDLED), "--check"]
    said = subprocess.run(
        command,
        cwd=hostile,
        env=environ(PYTHONPATH="."),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran(hostile) == []
    if options:
        assert json.loads(said.stdout)["problem"] == ""
    else:
        assert (said.returncode, "python -I" in said.stderr) == (1, True)


@pytest.mark.parametrize(
    ("command", "again"),
    [
        ([SCRIPT], False),
        ([sys.executable, "-P", "-m", "configvars"], False),
        (ENTRIES["module"][0][:-1], True),
    ],
    ids=["script", "safe path", "module"],
)
def test_the_process_restarts_only_if_necessary(tmp_path: Path, command: list[str], again: bool) -> None:
    """With PYTHONVERBOSE, Python prints its imports; an isolated process ignores the variable."""
    env = environ(PYTHONVERBOSE="1")
    said = subprocess.run(
        [*command, "--version"], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=True
    )
    assert ("import 'configvars.cli.main'" in said.stderr) is not again


def test_what_isolation_ignores_is_kept(tmp_path: Path) -> None:
    """The encoding of the output and the exit status, and a package that only PYTHONPATH contains."""
    libs = tmp_path / "libs"
    libs.mkdir()
    (libs / "configvars").symlink_to(REPOSITORY / "server" / "configvars")
    (tmp_path / "ż.py").write_text('import os\nos.environ["B"]\n', "utf-8")
    (tmp_path / ".env").write_text("A=1\n")
    said = subprocess.run(
        [sys.executable, "-m", "configvars", "check"],
        cwd=tmp_path,
        env=environ(PYTHONPATH=str(libs), PYTHONIOENCODING="utf-16-le"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert said.returncode == 1
    assert "ż.py:2:13" in said.stdout.decode("utf-16-le")


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("", '""'),
        ("a b", '"a b"'),
        ("C:\\a\\", '"C:\\a\\\\"'),
        ('say "x"', '"say \\"x\\""'),
        ('\\"', '"\\\\\\""'),
    ],
)
def test_words_are_quoted_as_windows_reads_them(word: str, written: str) -> None:
    assert quoted(word) == written
