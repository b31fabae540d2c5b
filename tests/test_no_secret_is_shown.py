"""No command and no editor feature shows a planted word, in any answer, message, report or log.

Edits may contain one, because they write into the user's own files. So edits are not searched.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from cli.conftest import Run
from cli.conftest import run as run
from configvars.cli.arguments import COMMANDS, OUTPUT_FORMATS
from configvars.lsp.commands import COMMANDS as SERVER_COMMANDS
from configvars.lsp.convert.uris import uri_of
from configvars.storage import remember_apps, state_folder
from support.canaries import CANARY, FOLDERS
from support.exercise import exercise
from support.fake_heroku import fake_heroku
from support.fixtures import fixture
from support.lsp_client import LspClient

pytestmark = pytest.mark.slow

NAMES = ("PRIVATE_KEY", "AFTER", "SECRET_KEY", "DB_PASSWORD", "NOBODY")
JSON = ("--output-format", "json")
COMMAND_LINES = [
    *(("check", "--fail-on", "hint", "--output-format", name) for name in OUTPUT_FORMATS),
    *(
        ("check", "--verbose", *more)
        for more in (("--diff",), ("--statistics",), ("--output-format", "json"))
    ),
    ("check", "--quiet", "--output-file", "../report.txt"),
    *(("inventory", *more) for more in ((), JSON)),
    *(("diff", *more) for more in ((), JSON)),
    *(("explain", name, *more) for name in NAMES for more in ((), JSON)),
    *(
        ("template", *more, *preview)
        for more in ((), ("--app-json",), ("--into", ".env.sample"))
        for preview in (("--check",), ("--diff",), ())
    ),
    *(("init", *more) for more in (("--diff",), (), ("--yes",))),
]
WITH_AN_APP = [
    *(("check", "--app", "shop", "--output-format", name) for name in OUTPUT_FORMATS),
    *(("inventory", "--app", "shop", *more) for more in ((), JSON)),
    *(("diff", "--app", "shop", *more) for more in ((), JSON)),
    *(("explain", "SECRET_KEY", "--app", "shop", *more) for more in ((), JSON)),
    *(("pull", "--app", "shop", "--all", "--dry-run", *more) for more in ((), JSON)),
    ("pull", "--app", "shop", "SECRET_KEY", "PRIVATE_KEY", "--overwrite", "--yes"),
    *(("check", *more) for more in ((), JSON)),  # after the pull
    ("inventory", *JSON),
]
# The log messages of Python, asyncio and pygls at the most verbose level.
LEVELS = {"as it is": "", "DEBUG": "import logging; logging.basicConfig(level=logging.DEBUG)\n"}
SERVER = "import sys\n{logging}from configvars.lsp.main import run\nsys.exit(run())"


def shows(text: str) -> list[str]:
    """The lines that contain the planted word, in any case."""
    return [line for line in text.splitlines() if CANARY in line.casefold()]


SOME = ("values", "a key without quotes", "a key without its closing quote", "no names", "comments")


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    root = tmp_path / "project"
    fixture(FOLDERS[request.param]).write(root)
    return root


def test_every_command_is_tried() -> None:
    asked_for = {words[0] for words in (*COMMAND_LINES, *WITH_AN_APP)}
    assert asked_for | {"completion", "help", "rule", "server"} == set(COMMANDS)  # read no project files


def test_no_command_shows_a_secret(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in COMMAND_LINES:
        ran = run(folder, *words)
        assert not shows(ran.out + ran.err), words
    assert not shows((folder.parent / "report.txt").read_text())
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not shows(run(folder, "check").out)


@pytest.mark.parametrize("folder", SOME, indirect=True)
def test_no_command_shows_a_secret_of_an_app(
    run: Run, folder: Path, tmp_path: Path, hermetic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heroku = fake_heroku(tmp_path / "heroku", {"shop": {name: f"{CANARY} {name}" for name in NAMES}})
    for name, value in {**heroku.env, "HEROKU_DEBUG": "1", "DEBUG": "*"}.items():
        monkeypatch.setenv(name, value)
    for words in WITH_AN_APP:
        ran = run(folder, *words)
        assert not shows(ran.out + ran.err), words
    assert heroku.calls
    assert not shows("\n".join(heroku.calls))
    assert not kept_in(hermetic)


def kept_in(home: Path) -> list[Path]:
    """The files of configvars in the user's home that contain the planted word."""
    return [path for path in home.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]


def without_edits(answer: object) -> object:
    """A message of the server without the edits in it."""
    if isinstance(answer, dict):
        return {key: without_edits(value) for key, value in answer.items() if key not in ("edit", "newText")}
    return [without_edits(value) for value in answer] if isinstance(answer, list) else answer


@pytest.mark.e2e
@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("folder", "level"),
    [*((name, "DEBUG") for name in FOLDERS), *((name, "as it is") for name in SOME)],
    indirect=["folder"],
)
def test_no_editor_gets_a_secret(folder: Path, tmp_path: Path, hermetic: Path, level: str) -> None:
    heroku = fake_heroku(tmp_path / "heroku", {"shop": {name: f"{CANARY} {name}" for name in NAMES}})
    noisy = {"PYTHONASYNCIODEBUG": "1", "PYTHONDEVMODE": "1", "HEROKU_DEBUG": "1", "DEBUG": "*"}
    command = [sys.executable, "-c", SERVER.format(logging=LEVELS[level])]
    remember_apps(state_folder(), str(folder), ("shop",))
    with LspClient(env={**heroku.env, **noisy}, command=command) as client:
        client.answers["workspace/configuration"] = lambda params: [
            {"inlayHints": True} for _ in params["items"]
        ]
        client.initialize(folder, trusted=True, status=True)
        client.notified("configvars/status", lambda p: p["state"] == "idle")
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            exercise(client, client.open(path), path.read_bytes().decode())
        client.call("workspace/symbol", {"query": ""})
        told = {"folder": uri_of(str(folder)), "uri": uri_of(str(folder / ".env"))}
        client.call("configvars/overview", told)
        client.call("configvars/apps", told)
        start = {"line": 0, "character": 0}
        fix = {"range": {"start": start, "end": start}, "title": "Sort the variables by name"}
        named = {"name": "PRIVATE_KEY", "names": ["SECRET_KEY"], "from": "template"}
        for name in SERVER_COMMANDS:
            check = {"name": "missing-variable"} if name == "configvars.rule" else {}
            client.command(name, {**told, **named, **fix, **check})
        assert client.exit() == 0
        assert not shows("\n".join(json.dumps(without_edits(message)) for message in client.heard))
        assert not shows(client.stderr)
    assert not kept_in(hermetic)
