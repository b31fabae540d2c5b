"""No output shows a part of a secret, in projects from seeds: see `support/random_projects.py`.

`make nightly` tries many more projects, all commands and more positions.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from random import Random

import pytest

from cli.conftest import Run
from cli.conftest import run as run
from configvars.cli.arguments import OUTPUT_FORMATS
from configvars.lsp.convert.uris import uri_of
from configvars.storage import remember_apps, state_folder
from support.fake_heroku import FakeHeroku, fake_heroku
from support.lsp_client import LspClient
from support.lsp_in_process import client_of_thread
from support.random_projects import NAMES, random_project
from support.random_secrets import Secrets
from test_no_secret_is_shown import without_edits

pytestmark = [pytest.mark.slow, pytest.mark.beyond_limits]

# `make nightly` sets this to 100000 or more.
MANY = int(os.environ.get("CONFIGVARS_EXAMPLES", "0"))
PROJECTS = max(12, MANY // 1000)
COMMANDS_EACH, PLACES_EACH = (99, 40) if MANY else (6, 6)
JSON = ("--output-format", "json")
COMMANDS = [
    *(("check", "--fail-on", "hint", "--output-format", name) for name in OUTPUT_FORMATS),
    ("check", "--verbose", "--diff"),
    ("check", "--statistics"),
    *((name, *more) for name in ("inventory", "diff") for more in ((), JSON)),
    *(("explain", name, *more) for name in ("SECRET_KEY", "API_TOKEN") for more in ((), JSON)),
    *(("template", *more) for more in (("--diff",), ("--app-json", "--diff"), ("--check",))),
    ("init", "--diff"),
]
WITH_AN_APP = [
    ("check", "--app", "shop"),
    ("diff", "--app", "shop", *JSON),
    ("pull", "--app", "shop", "--all", "--dry-run"),
    ("pull", "--app", "shop", "SECRET_KEY", "PASSWORD", "--overwrite", "--yes"),
    ("check", *JSON),  # after the pull
    ("check", "--fix"),
]
OF_A_PLACE = {
    "hover": {},
    "completion": {},
    "definition": {},
    "references": {"context": {"includeDeclaration": True}},
    "prepareRename": {},
    "rename": {"newName": "1-no"},
}
OF_A_DOCUMENT = ("documentSymbol", "foldingRange", "codeLens", "documentLink", "semanticTokens/full")
REFUSED = -32803


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


def kept_in(folder: Path, secrets: Secrets) -> list[Path]:
    """The files below a folder that contain a part of a secret."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if secrets.shown_in(path.read_bytes().decode("utf-8", "replace"))]


def with_an_app(folder: Path, secrets: Secrets, monkeypatch: pytest.MonkeyPatch) -> FakeHeroku:
    """An app with secrets, and a folder of its own for temporary files."""
    heroku = fake_heroku(folder / "heroku", {"shop": {name: secrets.value() for name in NAMES[:5]}})
    (folder / "tmp").mkdir()
    for name, value in {**heroku.env, "TMPDIR": str(folder / "tmp"), "HEROKU_DEBUG": "1"}.items():
        monkeypatch.setenv(name, value)
    return heroku


def test_a_shown_secret_is_found() -> None:
    secrets = Secrets(Random(1))
    value, key = secrets.value(), secrets.key()
    assert secrets.shown_in(f"x\ny{value[-9:].upper()}z") == [f"y{value[-9:]}z".casefold()]
    assert len(secrets.shown_in(key)) >= 2
    assert secrets.shown_in("SECRET_KEY is not set; -----BEGIN PRIVATE KEY-----") == []


@pytest.mark.parametrize("seed", range(PROJECTS))
def test_no_command_shows_a_part_of_a_secret(
    run: Run, project: Path, hermetic: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    secrets, dice = random_project(seed, project), Random(seed)
    heroku = with_an_app(project.parent, secrets, monkeypatch)
    commands = dice.sample(COMMANDS, min(COMMANDS_EACH, len(COMMANDS)))
    for words in (*commands, *WITH_AN_APP):
        ran = run(project, *words)
        assert not secrets.shown_in(ran.out + ran.err), words
    assert not secrets.shown_in("\n".join(heroku.calls))
    assert not kept_in(hermetic, secrets)
    assert not kept_in(project.parent / "tmp", secrets)


@pytest.mark.parametrize("seed", range(PROJECTS))
def test_the_server_shows_no_part_of_a_secret(
    project: Path,
    hermetic: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    seed: int,
) -> None:
    secrets, dice = random_project(seed, project), Random(seed)
    with_an_app(project.parent, secrets, monkeypatch)
    remember_apps(state_folder(), str(project), ("shop",))
    with caplog.at_level(logging.DEBUG), client_of_thread() as client:
        client.answers["workspace/configuration"] = lambda params: [
            {"inlayHints": True, "cloak": dice.random() < 0.5} for _ in params["items"]
        ]
        client.initialize(project, trusted=True, status=True)
        client.notified("configvars/status", lambda status: status["state"] == "idle")
        for path in sorted(path for path in project.rglob("*") if path.is_file()):
            exercise(client, path, dice)
        told = {"folder": uri_of(str(project)), "uri": uri_of(str(project / ".env"))}
        client.call("workspace/symbol", {"query": ""})
        client.call("configvars/overview", told)
        client.call("configvars/apps", told)
        for name in NAMES:
            client.command("configvars.explain", {**told, "name": name})
        client.command("configvars.pull", {**told, "names": ["SECRET_KEY", "PASSWORD"]})
        assert client.exit() == 0
        heard = "\n".join(json.dumps(without_edits(each), ensure_ascii=False) for each in client.heard)
    assert not secrets.shown_in(heard)
    assert not secrets.shown_in(caplog.text + client.stderr)
    assert not kept_in(hermetic, secrets)


def exercise(client: LspClient, path: Path, dice: Random) -> None:
    """Request all features of a document, and those of a place at some places; also while it is edited."""
    text = path.read_bytes().decode()
    uri = client.open(path, text)
    document = {"textDocument": {"uri": uri}}
    everywhere = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
    asked = [client.request(f"textDocument/{name}", document) for name in OF_A_DOCUMENT]
    asked.append(client.request("textDocument/inlayHint", {**document, "range": everywhere}))
    asked.append(
        client.request(
            "textDocument/codeAction", {**document, "range": everywhere, "context": {"diagnostics": []}}
        )
    )
    for number in range(PLACES_EACH):
        if number == PLACES_EACH // 2:
            client.change(uri, text[: dice.randint(0, len(text))], 2)
        line = dice.randint(0, text.count("\n"))
        place = {"line": line, "character": dice.randint(0, 40)}
        asked += [
            client.request(f"textDocument/{name}", {**document, "position": place, **more})
            for name, more in OF_A_PLACE.items()
        ]
    for msg_id in asked:
        answer = client.response(msg_id)
        assert answer.get("error", {}).get("code", REFUSED) == REFUSED, answer
    client.change(uri, text, 3)
