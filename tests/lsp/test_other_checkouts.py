"""A folder that becomes another checkout, or stops being one, while one of its files is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.lsp.convert.uris import uri_of
from support.fixtures import fixture
from support.git import git
from support.lsp_client import LspClient, Message
from support.lsp_in_process import client_of_thread

PROJECT = """\
-- .env --
A=1
-- app.py --
import os
os.environ["A"]
-- inner/app.py --
import os
os.environ["A"], os.environ["MISSING"]
-- inner/other.py --
import os
os.environ["MISSING"]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    fixture(PROJECT).write(root)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "first")
    git(root, "worktree", "add", "-q", "../elsewhere", "-b", "feature")
    return root


MISSING = "MISSING is missing from .env; this code fails without it"
WITHOUT_ENV_FILE = "{} is required here, and there is no env file that could set it"


def finds(client: LspClient, path: Path, wanted: list[str]) -> None:
    """Wait until the editor shows these findings of a file."""

    def shown(_: Message) -> bool:
        told = [m["params"] for m in client.heard if m.get("method") == "textDocument/publishDiagnostics"]
        last = [params["diagnostics"] for params in told if params["uri"] == uri_of(str(path))][-1:]
        return [[each["message"] for each in found] for found in last] == [wanted]

    client.wait(shown)


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("told", [True, False])
def test_a_worktree_that_appears_around_an_open_file(root: Path, told: bool, trusted: bool) -> None:
    """`told`: the editor reports the file `.git`; otherwise the server sees it when a document is saved."""
    inner, pointer = root / "inner", root / "inner/.git"
    with client_of_thread() as client:
        client.initialize(root, trusted=trusted)
        app = client.open(root / "app.py")
        uri = client.open(inner / "app.py")
        finds(client, inner / "app.py", [MISSING])
        finds(client, inner / "other.py", [MISSING])

        def changed(event: int) -> None:
            if told:
                changes = [{"uri": uri_of(str(pointer)), "type": event}]
                client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
            else:
                client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})

        for _ in range(2):
            pointer.write_text((root.parent / "elsewhere/.git").read_text())
            changed(1)
            # The worktree is a project of its own; nothing of it is read unless the user trusts it.
            names = ["A", "MISSING"] if trusted else []
            finds(client, inner / "app.py", [WITHOUT_ENV_FILE.format(name) for name in names])
            finds(client, inner / "other.py", [])  # said once, at the first read
            found = client.at("references", app, 1, 13, context={"includeDeclaration": False})
            assert [each["uri"] for each in found] == [app]
            pointer.unlink()
            changed(3)
            finds(client, inner / "other.py", [MISSING])
            finds(client, inner / "app.py", [MISSING])
        assert client.exit() == 0
