from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest

from configvars import analyze, slices
from configvars.checks.base import Check
from configvars.checks.run import findings
from configvars.limits import FINDINGS
from configvars.lsp.findings import checking, findings_of
from configvars.lsp.folders import Folder
from configvars.model import Finding
from configvars.project import Project
from configvars.resolve import trees
from configvars.slices import finish, result
from configvars.syntax.python import parse
from configvars.workspace import Workspace
from support.growth import calls_of
from support.lsp_in_process import client_of_thread

EDITS = int(os.environ.get("CONFIGVARS_EDITS", "5000"))

# Each is some 10 to 25 KB.
LONG = {
    "constants": "".join(f'A{number} = "x"\n' for number in range(1100)),
    "a table": f"TABLE = [{'(1, 2), ' * 3_200}]\n",
    "functions": "".join(f"def f{number}(): return g()\n" for number in range(500)),
    "calls": "f(a)\n" * 1_800,
    "lines with errors": "a b c d\n" * 1_100,
    "imports": "".join(f"import a{number}\n" for number in range(1100)),
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
    monkeypatch.setattr(analyze, "_LONG_CODE", 8 * 1024)
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


FOLDER = {
    "app.py": "from flask import Flask\nimport conf\napp = Flask(__name__)\napp.config.from_object(conf)\n",
    "conf.py": "import os\nSECRET_KEY = os.getenv('KEY')\nDEBUG = bool(os.getenv('DEBUG'))\n",
    "views.py": "from app import app\nimport os\napp.config['MISSING']\nint(os.environ['PORT'])\n",
    "loads.py": "from dotenv import load_dotenv\nload_dotenv()\n",
    ".env": "KEY=\nPORT=x\nUNUSED=1\nDEBUG=no\n",
    "Procfile": "web: gunicorn app:app\n",
}
TYPED = (
    *("# note", "os.environ['NEW']", "app.config['MISSING'] = 1", "SECRET_KEY = 'x'", "UNUSED=2", "PORT=1"),
    *("from_prefixed_env()", "app = Flask(__name__)", "load_dotenv('other.env')", "int(os.getenv('UNUSED'))"),
)


@pytest.mark.parametrize("seed", range(3))
def test_kept_findings_equal_those_from_scratch(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    texts = {str(tmp_path / name): text for name, text in FOLDER.items()}
    for path, text in texts.items():
        Path(path).write_text(text, "utf-8")
    workspace = Workspace(str(tmp_path))
    finish(workspace.load())
    for number in range(EDITS // 100):
        path = random.choice(sorted(texts))
        lines = texts[path].split("\n")
        at = random.randrange(len(lines))
        lines[at : at + random.randrange(2)] = [random.choice(TYPED)][random.randrange(3) // 2 :]
        texts[path] = "\n".join(lines)
        workspace.open(path, texts[path])
        finish(workspace.catch_up())
        project, fresh = workspace.project(), Workspace(str(tmp_path))
        for each, text in texts.items():
            fresh.open(each, text)
        finish(fresh.load())
        for each in sorted(project.index.files):
            assert result(checking(project, each)) == fresh.findings(each), f"{each} after {number} edits"


def test_a_comment_leaves_most_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in FOLDER.items():
        (tmp_path / name).write_text(text, "utf-8")
    workspace = Workspace(str(tmp_path))
    finish(workspace.load())
    checked: list[str] = []

    def counted(checks: Iterable[Check], project: Project, path: str) -> Iterator[Finding | None]:
        checked.append(Path(path).name)
        return findings(checks, project, path)

    monkeypatch.setattr("configvars.lsp.findings.findings", counted)

    def check() -> list[str]:
        checked.clear()
        for path in sorted(workspace.project().index.files):
            result(checking(workspace.project(), path))
        return list(checked)

    text = FOLDER["views.py"]
    assert "app.py" in check()
    assert check() == []
    workspace.open(str(tmp_path / "views.py"), f"{text}# note\n")
    assert {"app.py", "loads.py", "Procfile"}.isdisjoint(check())
    workspace.open(str(tmp_path / "views.py"), f"# note\n{text}")
    assert {"app.py", "loads.py", "Procfile"}.isdisjoint(check())
    workspace.open(str(tmp_path / ".env"), "KEY=x\n")
    assert "conf.py" in check()
