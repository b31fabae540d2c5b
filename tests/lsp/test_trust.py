"""Trust that is granted or withdrawn: the findings are those of a session that has begun that way."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.fake_heroku import fake_heroku
from support.fixtures import fixture
from support.lsp_client import FULL_CAPABILITIES, LspClient, Message
from support.lsp_in_process import client_of_thread

PROJECT = """\
-- project/app.py --
import os, dotenv, settings
dotenv.load_dotenv()
os.environ["LINKED"], os.environ["MISSING"], settings.get("FROM_LINK"), os.environ["FROM_LINK"]
-- project/.git/HEAD --
ref: refs/heads/main
-- elsewhere/.env --
LINKED=x
UNUSED=x
-- elsewhere/lib/settings.py --
import os
get = os.environ.__getitem__
os.environ["IN_LIB"]
"""
APPS = {"heroku": {"apps": ["shop"], "refresh": "onOpen"}}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    fixture(PROJECT).write(tmp_path)
    root = tmp_path / "project"
    (root / ".env").symlink_to(tmp_path / "elsewhere/.env")
    (root / "lib").symlink_to(tmp_path / "elsewhere/lib")
    for name, value in fake_heroku(tmp_path / "heroku", {"shop": {"OTHER": "x"}}).env.items():
        monkeypatch.setenv(name, value)
    return root


def shown(client: LspClient) -> dict[str, list[str]]:
    """What the editor shows at last, by file."""
    seen: dict[str, list[str]] = {}
    for message in client.heard:
        if message.get("method") == "textDocument/publishDiagnostics":
            found: list[Message] = message["params"]["diagnostics"]
            seen[message["params"]["uri"]] = [f"{each['code']} {each['message']}" for each in found]
    return {uri: found for uri, found in seen.items() if found}


def begin(client: LspClient, root: Path, *, trusted: bool, opened: bool) -> None:
    if opened:
        client.initialize(root, trusted=trusted, status=True, settings=APPS)
    else:
        params = {"processId": None, "rootUri": None, "workspaceFolders": []}
        options = {"trusted": trusted, "status": True, "settings": APPS}
        can = {"capabilities": FULL_CAPABILITIES, "initializationOptions": options}
        client.call("initialize", {**params, **can})
        client.notify("initialized", {})
    client.open(root / "app.py")


def settled(client: LspClient, wanted: dict[str, list[str]]) -> None:
    client.wait(lambda _: shown(client) == wanted)


def from_scratch(root: Path, *, trusted: bool, opened: bool) -> dict[str, list[str]]:
    with client_of_thread() as client:
        begin(client, root, trusted=trusted, opened=opened)
        state = "idle" if trusted else "untrusted"
        told = client.notified("configvars/status", lambda status: status["state"] == state)
        begun = next(n for n, message in enumerate(client.heard) if message.get("params") is told)
        client.notified("configvars/overviewChanged", after=begun if trusted else 0)
        assert client.exit() == 0
        return shown(client)


@pytest.mark.parametrize("opened", [True, False])
def test_trust_is_granted_and_withdrawn(root: Path, opened: bool) -> None:
    without, having = (from_scratch(root, trusted=trusted, opened=opened) for trusted in (False, True))
    assert without != having
    with client_of_thread() as client:
        begin(client, root, trusted=False, opened=opened)
        for trusted in (True, False, True, True, False, False):
            client.notify("configvars/didChangeTrust", {"trusted": trusted})
            settled(client, having if trusted else without)
        assert client.exit() == 0
