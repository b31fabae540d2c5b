"""What shell commands may set: the project for a deploy, and where a variable may be set."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.runs.shell_writes import set_by_shell
from support.projects import opened

WEB = "-- Procfile --\nweb: gunicorn app:app\n"
START = "-- Procfile --\nweb: sh start.sh\n-- start.sh --\n"
NOTHING = {
    "another name": f"{START}export MY_X=1 X_MY=2\n",
    "nothing as the value": f"{START}export X=\n",
    "an empty string": f'{START}export X=""\n',
    "a comment": f"{START}# export X=1\n",
    "a variable of the shell": f"{START}X=1\necho $X\n",
    "a script that nothing runs": f"{WEB}-- other.sh --\nexport X=1\n",
    "the command of another process": "-- Procfile --\nweb: gunicorn app:app\nworker: X=1 python app.py\n",
    "the script of another process": "-- Procfile --\nweb: gunicorn app:app\nworker: sh start.sh\n"
    "-- start.sh --\nexport X=1\npython app.py\n",
    ".profile of a container": f"{WEB}-- .profile --\nexport X=1\n-- heroku.yml --\nbuild:\n",
    "an option": "-- Procfile --\nweb: gunicorn app:app --X=1 -b :80\n",
}
SET = {
    "the output of a command": (f"{START}export X=$(cat secret)\n", "start.sh:1"),
    "backticks": (f"{START}set -e\nX=`cat secret`\nexport X\n", "start.sh:2"),
    "a branch": (f"{START}if true; then\n  export X=1\nfi\n", "start.sh:2"),
    "all are exported": (f"{START}set -a\nX=1\n", "start.sh:2"),
    ".profile": (f"{WEB}-- .profile --\nexport X=$(cat secret)\n", ".profile:1"),
    "before a command": ("-- Procfile --\nweb: X=$(cat secret) gunicorn app:app\n", "Procfile:1"),
}


@pytest.mark.parametrize("files", NOTHING.values(), ids=NOTHING)
def test_what_sets_nothing(tmp_path: Path, files: str) -> None:
    assert by_shell(tmp_path, files) == ""


@pytest.mark.parametrize(("files", "place"), SET.values(), ids=SET)
def test_what_may_set_a_variable(tmp_path: Path, files: str, place: str) -> None:
    assert by_shell(tmp_path, files) == place


def by_shell(folder: Path, files: str) -> str:
    project = opened(folder, f"{files}-- app.py --\nimport os\nos.environ['X']\n").workspace.project()
    return set_by_shell(project, str(folder / "app.py"), "X")
