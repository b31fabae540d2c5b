"""A deploy reports an env file that it deploys, that a process loads, and that no process can decode."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Run
from support.fake_heroku import fake_heroku
from support.git import commit, git

Tree = Callable[[str], Path]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the fake Heroku CLI is a shell script")

FLASK = """\
-- requirements.txt --
flask
python-dotenv
-- app.py --
import os
from flask import Flask
app = Flask(__name__)
os.environ["A"]
"""
DOTENV = "-- app.py --\nimport os\nfrom dotenv import load_dotenv\n{}\nos.environ['A']\n"
LOADED = DOTENV.format("load_dotenv()")
DEFAULTS = DOTENV.format("load_dotenv('defaults.env')")
ENCODED = DOTENV.format('load_dotenv(encoding="utf-16")')
PERHAPS = DOTENV.format("if input():\n    load_dotenv()")
MAIN = "-- app.py --\nif __name__ == '__main__':\n    import dotenv\n    dotenv.load_dotenv()\n"
WEB = "-- Procfile --\nweb: gunicorn app:app\n"
PYTHON = "-- Procfile --\nweb: python app.py\n"
COMMAND = "-- Procfile --\nrelease: flask db upgrade\nweb: gunicorn app:app\n"
FLASKENV = "-- .flaskenv as utf-16 --\nFLASK_APP=app\n"
UTF16 = "-- .env as utf-16 --\nB=1\n"
LATIN = "-- .env as latin-1 --\n# café\n"

OWN = "-- app.py --\nfrom decouple import config\nconfig('A')\n"
SCRIPT = "-- app.py --\nprint(1)\n-- seed.py --\nimport dotenv\ndotenv.load_dotenv()\n"
BARE = "-- requirements.txt --\nflask\n-- app.py --\nimport flask\n"
RUN = "-- Procfile --\nweb: flask run\n"
OTHER = "-- defaults.env as utf-16 --\nB=1\n"

SILENT = {
    "no process runs the flask command": f"{WEB}{FLASK}{FLASKENV}",
    "python-dotenv is not installed": f"{COMMAND}{FLASKENV}{BARE}",
    "git ignores the file": f"{PYTHON}{LOADED}{UTF16}-- .gitignore --\n.env\n",
    "the slug does not contain the file": f"{PYTHON}{LOADED}{UTF16}-- .slugignore --\n.env\n",
    "a template": f"{PYTHON}{LOADED}-- .env.example as utf-16 --\nB=1\n",
    "another file is loaded": f"{PYTHON}{DEFAULTS}{UTF16}-- defaults.env --\nB=1\n",
    "only `python app.py` loads it": f"{WEB}{MAIN}{UTF16}",
    "no process loads the script": f"{PYTHON}{SCRIPT}{UTF16}",
    "the code names the encoding": f"{PYTHON}{ENCODED}{UTF16}",
    "UTF-8 with letters": f"{PYTHON}{LOADED}-- .env --\n# café\n",
}
UNICODE, LETTERS = "is UTF-16, not UTF-8", "is not UTF-8 (line 1)"
STOPS = {
    "the flask command": (
        f"{COMMAND}{FLASK}{FLASKENV}",
        f".flaskenv {UNICODE}",
        "the flask command in the release phase",
    ),
    "Latin-1": (f"{RUN}{FLASK}{LATIN}", f".env {LETTERS}", "the flask command in the web process"),
    "load_dotenv": (f"{PYTHON}{LOADED}{UTF16}", f".env {UNICODE}", "app.py in the web process"),
    "a server": (f"{WEB}{LOADED}{LATIN}", f".env {LETTERS}", "app.py in the web process"),
    "another name": (f"{PYTHON}{DEFAULTS}{OTHER}", f"defaults.env {UNICODE}", "app.py in the web process"),
    "app.run": (f"{PYTHON}{FLASK}app.run()\n{UTF16}", f".env {UNICODE}", "app.py in the web process"),
    "decouple": (f"{PYTHON}{OWN}{UTF16}", f".env {UNICODE}", "app.py in the web process"),
}


@pytest.fixture(autouse=True)
def heroku(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = fake_heroku(tmp_path_factory.mktemp("heroku"), {"full": {"A": "1"}})
    monkeypatch.setenv("PATH", fake.env["PATH"])


def found(run: Run, root: Path, *more: str) -> list[tuple[str, str, str]]:
    ran = run(root, "check", "--deploy", "--app", "full", "--output-format", "json", *more)
    told = [
        (each["severity"], each["path"], each["message"])
        for each in json.loads(ran.out)["findings"]
        if each["check"] == "unreadable-env-file"
    ]
    assert ran.status == int(bool(told))
    return told


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_nothing_fails(run: Run, tree: Tree, files: str) -> None:
    root = tree(files)
    commit(root)
    assert found(run, root) == []


def test_what_is_committed_counts(run: Run, tree: Tree) -> None:
    root = tree(f"{PYTHON}{LOADED}-- .env --\nB=1\n")
    commit(root)
    (root / ".env").write_text("B=1\n", encoding="utf-16")
    assert found(run, root) == []
    git(root, "commit", "-qam", "UTF-16")
    (root / ".env").write_text("B=1\n", encoding="utf-8")
    assert [each[:2] for each in found(run, root)] == [("error", ".env")]
    assert found(run, root, "--ignore", "unreadable-env-file") == []


@pytest.mark.parametrize(("files", "what", "by"), STOPS.values(), ids=STOPS)
def test_a_process_certainly_stops(run: Run, tree: Tree, files: str, what: str, by: str) -> None:
    root = tree(files)
    commit(root)
    ((severity, path, message),) = found(run, root)
    assert (severity, path) == ("error", what.split()[0])
    assert message.startswith(f"{what}: loading it raises UnicodeDecodeError. ")
    assert message.endswith(f"Git tracks the file, so a push deploys it, and {by} loads it")


def test_a_process_may_stop(run: Run, tree: Tree) -> None:
    root = tree(f"{PYTHON}{PERHAPS}{UTF16}")
    commit(root)
    assert [each[:2] for each in found(run, root)] == [("warning", ".env")]
