"""Env files that the `flask` command cannot load, compared with the command itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.forked import run_python
from support.projects import opened
from support.properties import REAL_STARTS

APP = "-- app.py --\nfrom flask import Flask\napp = Flask(__name__)\n"
BOTH = f"-- requirements.txt --\nflask\npython-dotenv\n{APP}"
SHOP = "-- shop/__init__.py --\nimport flask\ndef create_app():\n    return flask.Flask(__name__)\n"
OWN = "import dotenv\ndotenv.load_dotenv(encoding='utf-16')\n"
FAILING = {
    f"-- .flaskenv as utf-16 --\nFLASK_APP=app\n{BOTH}": "UnicodeDecodeError",
    f"-- .flaskenv as utf-16 --\nFLASK_APP=app\n{APP}": "UnicodeDecodeError",
    f"-- .flaskenv as utf-16-le --\nFLASK_APP=app\n{APP}": "ValueError",
    f"-- .flaskenv as latin-1 --\nNAME=ü\n{APP}": "UnicodeDecodeError",
    f"-- .flaskenv as utf-16 --\nFLASK_APP=shop\n{SHOP}": "UnicodeDecodeError",
    f"-- .env as utf-16 --\nA=1\n{BOTH}": "UnicodeDecodeError",
    f"-- .env as latin-1 --\nA=ü\n{BOTH}": "UnicodeDecodeError",
    f"-- .env as utf-16-le --\nA=1\n{BOTH}": "ValueError",
    f"-- .env as utf-16 --\nA=1\n{BOTH}{OWN}": "UnicodeDecodeError",
    f"-- .env as latin-1 --\nA=ü\n{BOTH}{OWN.replace('utf-16', 'cp1252')}": "UnicodeDecodeError",
}
WORKING = {
    "UTF-8": f"-- .env --\nA=ü\n{BOTH}",
    "a byte order mark": f"-- .env as utf-8-sig --\nA=1\n{BOTH}",
    "a file that the command does not load": f"-- .env.local as utf-16 --\nA=1\n{BOTH}",
    "a file of another library, without requirements": f"-- .env.shop as utf-16 --\nA=1\n{APP}",
    "a folder without Flask": f"-- other/.env as utf-16 --\nA=1\n-- other/a.py --\nimport os\n{BOTH}",
}


def errors(root: Path, files: str) -> list[str]:
    it = opened(root, files)
    found = (each for path in it.project.index.files for each in it.workspace.findings(path))
    return [each.message for each in found if each.severity == "error"]


def flask(root: Path) -> str:
    """The last line that `flask routes` prints to stderr."""
    ran = run_python("-m", "flask", "routes", cwd=root, env=os.environ)
    return ran.stderr.strip().rpartition("\n")[2] if ran.returncode else ""


@pytest.mark.parametrize("files", WORKING.values(), ids=WORKING)
def test_what_the_command_can_load(tmp_path: Path, files: str) -> None:
    assert errors(tmp_path, files) == []
    if REAL_STARTS:
        assert flask(tmp_path) == ""


@pytest.mark.parametrize(("files", "error"), FAILING.items())
def test_what_the_command_cannot_load(tmp_path: Path, files: str, error: str) -> None:
    message = f"the flask command and app.run(), which load it, raise {error}. Save it as UTF-8"
    (found,) = errors(tmp_path, files)
    assert message in found
    assert "is ," not in found
    if REAL_STARTS:
        assert flask(tmp_path).startswith(f"{error}: ")


def test_without_python_dotenv_flask_does_not_load_it(tmp_path: Path) -> None:
    assert errors(tmp_path, f"-- .flaskenv as utf-16 --\nA=1\n-- requirements.txt --\nflask\n{APP}") == []
