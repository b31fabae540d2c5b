from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from configvars import analyze, slices
from configvars.limits import FINDINGS
from configvars.lsp.findings import checking, findings_of
from configvars.lsp.folders import Folder
from configvars.resolve import trees
from configvars.slices import finish
from configvars.syntax.python import parse
from configvars.workspace import Workspace
from support.growth import calls_of
from support.lsp_in_process import client_of_thread

# Each is some 20 KB.
LONG = {
    "constants": "".join(f'A{number} = "x"\n' for number in range(2200)),
    "a table": f"TABLE = [{'(1, 2), ' * 3_200}]\n",
    "functions": "".join(f"def f{number}(): return g()\n" for number in range(1000)),
    "calls": "f(a)\n" * 3_600,
    "lines with errors": "a b c d\n" * 2_200,
    "imports": "".join(f"import a{number}\n" for number in range(2200)),
}


def test_a_long_file_has_the_same_findings_and_does_not_block(tmp_path: Path) -> None:
    path = str(tmp_path / ".env")
    workspace = Workspace(str(tmp_path))
    workspace.open(path, "".join(f"NAME_{number}\nNAME_{number}=1\n" for number in range(1000)))
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def look() -> None:
        waiting = asyncio.create_task(others())
        assert await findings_of(Folder("file:///x", workspace), path) == workspace.findings(path) != ()
        waiting.cancel()

    asyncio.run(look())
    assert turns > 2  # one for each slice of a few milliseconds; fast machines need few slices


def calls_of_each(steps: Iterator[object]) -> list[int]:
    """The number of calls in each step."""
    found: list[int] = []
    is_left = [True]
    while is_left[-1]:
        found.append(calls_of(lambda: is_left.append(next(steps, steps) is not steps)))
    return found


@pytest.mark.parametrize("name", LONG)
def test_a_long_python_file_is_parsed_for_its_checks_in_slices(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At rest, the analysis does not keep its tree; a finding and what the program loads first need one."""
    monkeypatch.setattr(Workspace, "_room", 0)
    monkeypatch.setattr(analyze, "_LONG_CODE", 16 * 1024)
    path = tmp_path / "app.py"
    path.write_text(f"import os, dotenv\n{LONG[name]}dotenv.load_dotenv()\nos.environ['B']\n")
    (tmp_path / ".env").write_text("A=1\n")
    workspace = Workspace(str(tmp_path))
    finish(workspace.load())
    monkeypatch.setattr(slices, "SLICE", 0)
    at_once: list[str] = []
    monkeypatch.setattr(trees, "parse", lambda text: at_once.append(text) or parse(text))
    calls = calls_of_each(checking(workspace.project(), str(path)))
    assert at_once == []
    assert [finding.check for finding in workspace.findings(str(path))] == ["missing-variable"]
    assert max(calls) < sum(calls) / 5


@pytest.mark.beyond_limits
def test_an_editor_gets_a_limited_number_of_findings(tmp_path: Path) -> None:
    text = "".join(f"NAME_{number}=1\nNAME_{number}=2\n" for number in range(FINDINGS.most))
    with client_of_thread() as client:
        client.initialize(tmp_path)
        assert len(client.diagnostics(client.open(tmp_path / ".env", text), bool)) == FINDINGS.most
        assert client.exit() == 0
