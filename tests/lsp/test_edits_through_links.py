"""No edit that the client is asked for changes a file through a symbolic link, be it open or not."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from configvars.lsp.convert.uris import uri_of
from support.fixtures import fixture
from support.lsp_client import LspClient
from support.lsp_in_process import client_of_thread

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has few links")

ENV = "Z=a b\nA=1 \nA=2\n"
APP = 'import os\nfrom dotenv import load_dotenv\nload_dotenv("{}")\nos.environ["A"], os.environ["M"]\n'
LINKS = [(".env -> ../main/.env", ".env"), ("conf -> ../main", "conf/.env")]
KINDS = ["", "source.fixAll.configvars"]
CAPABILITIES = {
    "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": KINDS}}}},
    "workspace": {"applyEdit": True, "workspaceEdit": {"documentChanges": True}},
}


@pytest.fixture
def main(tmp_path: Path) -> Path:
    (tmp_path / "main").mkdir()
    (tmp_path / "main/.env").write_text(ENV)
    return tmp_path / "main/.env"


def actions(client: LspClient, uri: str) -> list[Any]:
    found = []
    for line in range(4):
        place = {"line": line, "character": 0}
        range_ = {"start": place, "end": {"line": line, "character": 40}}
        for only in ({}, {"only": KINDS}):
            asked = {"textDocument": {"uri": uri}, "range": range_, "context": {"diagnostics": [], **only}}
            found += client.call("textDocument/codeAction", asked) or []
    return found


def renamed(client: LspClient, uri: str, line: int, character: int) -> Any:
    place = {"line": line, "character": character}
    asked = {"textDocument": {"uri": uri}, "position": place, "newName": "NEW"}
    return client.response(client.request("textDocument/rename", asked))


def formatted(client: LspClient, uri: str) -> Any:
    options = {"tabSize": 4, "insertSpaces": True}
    return client.call("textDocument/formatting", {"textDocument": {"uri": uri}, "options": options})


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize(("link", "env"), LINKS)
def test_a_link_out_of_the_folder(
    tmp_path: Path, main: Path, link: str, env: str, is_open: bool, trusted: bool
) -> None:
    root = tmp_path / "worktree"
    fixture(f"-- {link} --\n-- app.py --\n{APP.format(env)}").write(root)
    linked = uri_of(str(root / env))
    with client_of_thread() as client:
        client.initialize(root, trusted=trusted, capabilities=CAPABILITIES)
        app = client.open(root / "app.py")
        if is_open:
            client.open(root / env, ENV)
        assert not formatted(client, linked)
        edits = [each.get("edit") for uri in (app, linked) for each in actions(client, uri)]
        assert not {linked, uri_of(str(main))} & set(_texts(json.dumps(edits)))
        if is_open or trusted:
            refused = renamed(client, app, 3, 12)["error"]["message"]
            assert f"{env} leads through a symbolic link to {main.resolve()}" in refused
            assert "error" in renamed(client, linked, 1, 0)
        assert client.exit() == 0
    assert main.read_text() == ENV


def _texts(text: str) -> list[str]:
    return text.split('"')


def test_a_client_that_gets_actions_as_commands(tmp_path: Path, main: Path) -> None:
    root = tmp_path / "worktree"
    fixture(f"-- .env -> ../main/.env --\n-- app.py --\n{APP.format('.env')}").write(root)
    linked, place = uri_of(str(root / ".env")), {"line": 1, "character": 0}
    with client_of_thread() as client:
        client.initialize(root, trusted=True, capabilities={"workspace": {"applyEdit": True}})
        client.open(root / ".env", ENV)
        offered = {each["title"] for each in actions(client, linked)}
        changing = {"Sort the variables by name", "Remove the earlier, overwritten line"}
        assert not offered & changing
        for title in offered | changing:
            asked = {"uri": linked, "title": title, "range": {"start": place, "end": place}}
            client.command("configvars.fix", asked)
        assert not [each for each in client.heard if each.get("method") == "workspace/applyEdit"]
        assert client.exit() == 0
    assert main.read_text() == ENV


def test_a_link_inside_the_folder_that_is_open(tmp_path: Path) -> None:
    """The file itself is changed, unless the link shows another text."""
    root = tmp_path / "p"
    fixture(f"-- c/dev.env --\n{ENV}-- .env -> c/dev.env --\n-- app.py --\n{APP.format('.env')}").write(root)
    own, link = uri_of(str(root / "c/dev.env")), uri_of(str(root / ".env"))
    with client_of_thread() as client:
        client.initialize(root, trusted=True, capabilities=CAPABILITIES)
        app = client.open(root / "app.py")
        client.open(root / ".env", ENV)
        assert not formatted(client, link)
        edits = _texts(json.dumps(actions(client, link) + actions(client, app)))
        assert own in edits
        changes = renamed(client, app, 3, 12)["result"]["documentChanges"]
        assert [each["textDocument"]["uri"] for each in changes] == [own, app]
        client.change(link, f"B=1\n{ENV}", 2)
        refused = renamed(client, app, 3, 12)["error"]["message"]
        assert refused.startswith(".env is a symbolic link to c/dev.env and has unsaved changes")
        assert client.exit() == 0


def test_a_link_whose_target_is_missing_is_no_place_for_a_new_env_file(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    fixture(f"-- .env -> ../gone/.env --\n-- app.py --\n{APP.format('.env')}").write(root)
    with client_of_thread() as client:
        client.initialize(root, trusted=True, capabilities=CAPABILITIES)
        app = client.open(root / "app.py")
        assert not any("Create .env" in each["title"] for each in actions(client, app))
        outcome = client.command("configvars.createEnvFile", {"folder": str(root), "from": "code"})
        assert client.exit() == 0
    assert outcome["message"] == (
        ".env is a symbolic link to ../gone/.env, and configvars does not write through a link."
        " Create ../gone/.env, or remove the link."
    )
    assert not outcome["ok"]
    assert not (tmp_path / "gone").exists()
