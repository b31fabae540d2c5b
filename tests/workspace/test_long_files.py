"""Files of other tools of the greatest size are analysed in slices, whatever they contain."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.checks import CHECKS
from configvars.checks.run import findings
from configvars.workspace import Workspace
from support.growth import calls_of
from test_slices import MOST_CALLS, most

SIZE = 500_000


def repeated(line: str) -> str:
    count = SIZE // len(line.replace("#", "10000"))
    return "".join(line.replace("#", str(10_000 + number)) for number in range(count))


LONG = {
    "app.json": '{"env": {' + repeated('"K_#":"",') + '"Z": ""}}',
    ".vscode/launch.json": '{"configurations": [{"type": "debugpy", "program": "app.py", "env": {'
    + repeated('"K_#":"",')
    + '"Z": "1"}}]}',
    ".vscode/tasks.json": '{"tasks": [' + repeated('{"type":"shell","command":"python a#.py"},') + "{}]}",
    "pyproject.toml": repeated("[tool.x#]\na=1\n") + "[tool.configvars]\ngiven = ['A']\n",
    "fly.toml": "[env]\n" + repeated("k_#='1'\n"),
    "tox.ini": "[testenv]\nsetenv =\n" + repeated("  K_#=1\n"),
    "Procfile": repeated("w#: A=1 gunicorn app:app\n"),
    "Makefile": repeated("t#:\n\tA=1 flask run\n"),
    "Dockerfile": "FROM x\n" + repeated("ENV K_#=1\n"),
    "start.sh": repeated("export K_#=1\nflask run\n"),
}


@pytest.mark.slow
@pytest.mark.beyond_limits
@pytest.mark.parametrize("name", LONG)
def test_no_slice_is_long(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(LONG[name])
    (tmp_path / "app.py").write_text("import os\nos.environ['A']\n")
    workspace = Workspace(str(tmp_path))
    assert most(workspace.load()) < MOST_CALLS
    assert most(workspace.opening(str(tmp_path / name), LONG[name] + " ")) < MOST_CALLS
    for path in list(workspace.project().index.files):
        assert most(findings(CHECKS, workspace.project(), path)) < MOST_CALLS
    assert calls_of(workspace.project) < MOST_CALLS
