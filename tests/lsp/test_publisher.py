"""What a client is told if messages arrive while findings are computed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from configvars.lsp import publisher
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.folders import Folder
from configvars.model import Finding
from support.lsp_client import LspClient
from support.lsp_in_process import client_of_thread

BROKEN, MENDED = 'import os\nos.environ["TOKEN"]\n', 'import os\nos.environ["KNOWN"]\n'


@contextmanager
def computing(text: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The findings in a text are not ready until the end of the block; the event: they are being computed."""
    begun, ended = threading.Event(), threading.Event()
    compute = publisher.findings_of

    async def slowly(folder: Folder, path: str) -> tuple[Finding, ...]:
        if folder.workspace.text_of(path) == text:
            begun.set()
            await asyncio.to_thread(ended.wait)
        return await compute(folder, path)

    monkeypatch.setattr(publisher, "findings_of", slowly)
    try:
        yield begun
    finally:
        ended.set()


@contextmanager
def opened(folder: Path) -> Iterator[tuple[LspClient, str]]:
    """A client with one open document, in which one variable is missing."""
    (folder / ".env").write_text("KNOWN=1\n")
    with client_of_thread() as client:
        client.initialize(folder)
        uri = client.open(folder / "app.py", BROKEN)
        client.diagnostics(uri, bool)
        yield client, uri


def attention(client: LspClient, folder: Path) -> dict[str, str | None]:
    """The variables of the overview and the severity of their findings."""
    found = client.call("configvars/overview", {"folder": uri_of(str(folder))})
    return {row["name"]: row["attention"] for row in found["rows"]}


def test_a_late_change_does_not_suppress_the_findings(tmp_path, monkeypatch) -> None:
    with opened(tmp_path) as (client, uri):
        with computing(MENDED, monkeypatch) as begun:
            client.change(uri, MENDED, 3)
            assert begun.wait(20)
            client.change(uri, BROKEN, 2)
            attention(client, tmp_path)  # answered after the change
        client.diagnostics(uri, lambda found: not found)


def test_the_overview_knows_the_findings_of_a_file_that_is_checked_again(tmp_path, monkeypatch) -> None:
    later = BROKEN + "# later\n"
    with opened(tmp_path) as (client, uri), computing(later, monkeypatch) as begun:
        client.change(uri, later, 2)
        assert begun.wait(20)
        assert attention(client, tmp_path)["TOKEN"] == "warning"
