"""How the server reports env files that cannot be read, or to which a link leads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from configvars.lsp.convert.uris import uri_of
from support.fixtures import fixture
from support.lsp_client import REFUSED, Message
from support.lsp_in_process import client_of_thread

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has few links")

APP = '-- app.py --\nfrom dotenv import load_dotenv\nload_dotenv()\nimport os\nos.environ["A"]\n'


def told(diagnostics: list[Message]) -> list[str]:
    return [f"{d['range']['start']['line']}:{d['severity']} {d['code']}" for d in diagnostics]


def test_a_file_that_cannot_be_read_has_its_finding_at_its_first_line(tmp_path: Path) -> None:
    fixture(f"-- .env as utf-16 --\nA=1\n{APP}").write(tmp_path)
    with client_of_thread() as client:
        client.initialize(tmp_path)
        found = client.diagnostics(uri_of(str(tmp_path / ".env")))
        assert told(found) == ["0:1 unreadable-env-file"]
        app = client.open(tmp_path / "app.py")
        assert told(client.diagnostics(app)) == []
        opened = client.open(tmp_path / ".env", "A=1\n")  # as an editor decodes it
        assert "unreadable-env-file" in "".join(told(client.diagnostics(opened, bool)))
        assert client.exit() == 0


def test_a_link_out_of_the_folder_is_followed_once_the_folder_is_trusted(tmp_path: Path) -> None:
    (tmp_path / "main").mkdir()
    (tmp_path / "main/.env").write_text("B=1\n")
    root = tmp_path / "worktree"
    fixture(f"-- .env -> ../main/.env --\n{APP}").write(root)
    with client_of_thread() as client:
        client.initialize(root)
        app = client.open(root / "app.py")
        assert told(client.diagnostics(app)) == []
        assert told(client.diagnostics(uri_of(str(root / ".env")))) == ["0:3 unreadable-env-file"]
        client.notify("configvars/didChangeTrust", {"trusted": True})
        assert told(client.diagnostics(app, bool)) == ["3:2 missing-variable"]
        assert client.exit() == 0


def test_a_pull_does_not_write_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside.env").write_text("B=1\n")
    root = tmp_path / "project"
    fixture(f"-- .env -> ../outside.env --\n{APP}").write(root)
    with client_of_thread() as client:
        client.initialize(root, trusted=True)
        client.answers["window/showMessageRequest"] = lambda _: REFUSED
        answer = client.command(
            "configvars.pull", {"folder": uri_of(str(root)), "names": ["A"], "app": "shop"}
        )
        assert not answer["ok"]
        assert ".env is a symbolic link to ../outside.env," in answer["message"]
        assert "run `configvars pull --app NAME --into " in answer["message"]
    assert (tmp_path / "outside.env").read_text() == "B=1\n"
