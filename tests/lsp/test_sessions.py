"""Each session is one client: what it supports, what it sends, and what it then receives."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.fake_heroku import fake_heroku
from support.lsp_client import LspClient
from support.lsp_in_process import client_of_thread
from support.lsp_script import Session, read_script

SESSIONS = sorted((Path(__file__).parent / "sessions").glob("*.txt"))
APPS = {"shop": {"SECRET_KEY": "canary"}, "shop-staging": {"SECRET_KEY": "canary", "ONLY": "x"}}


@pytest.mark.parametrize("session", SESSIONS, ids=lambda path: path.stem)
def test_session(session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in fake_heroku(tmp_path / "heroku", APPS).env.items():
        monkeypatch.setenv(name, value)
    with client_of_thread() as client:
        Session(client, read_script(session.read_text("utf-8")), tmp_path / "folder").play()
        assert "canary" not in client.raw.decode()


@pytest.mark.e2e
@pytest.mark.parametrize("session", SESSIONS, ids=lambda path: path.stem)
def test_session_with_a_process(session: Path, tmp_path: Path) -> None:
    heroku = fake_heroku(tmp_path / "heroku", APPS)
    with LspClient(env=heroku.env) as client:
        Session(client, read_script(session.read_text("utf-8")), tmp_path / "folder").play()
        assert "canary" not in client.raw.decode() + client.stderr
