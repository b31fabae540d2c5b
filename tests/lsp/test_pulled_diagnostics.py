"""Diagnostics that a client pulls while the server is still reading the folder."""

from __future__ import annotations

from pathlib import Path

from support.fixtures import fixture
from support.lsp_in_process import client_of_thread

FILES = "".join(f"-- m{n}.py --\nimport os\nos.getenv('B{n}')\n" for n in range(300))


def test_the_answer_waits_for_the_folder(tmp_path: Path) -> None:
    fixture(f"-- app.py --\nimport os\nos.environ['A']\n-- .env --\nX=1\n{FILES}").write(tmp_path)
    with client_of_thread() as client:
        client.initialize(tmp_path, capabilities={"textDocument": {"diagnostic": {}}})
        uri = client.open(tmp_path / "app.py")
        found = client.call("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        assert [each["code"] for each in found["items"]] == ["missing-variable"]
        assert client.exit() == 0
