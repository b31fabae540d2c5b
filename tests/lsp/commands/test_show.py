"""`configvars.show` in an editor that does not open files for a server. `sessions/` tests one that does."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.lsp.convert.uris import uri_of
from support.lsp_in_process import results

WHY = "This editor does not let a server open files."


@pytest.mark.parametrize(("name", "place"), [("B", ".env:2"), ("ABSENT", ".env"), (None, ".env")])
def test_the_message_names_the_place(tmp_path: Path, name: str | None, place: str) -> None:
    (tmp_path / ".env").write_text("A=1\nB=canary\n")
    argument = {"uri": uri_of(str(tmp_path / ".env")), "name": name}
    run = {"command": "configvars.show", "arguments": [argument]}
    assert results(tmp_path, ("*workspace/executeCommand", run)) == [
        {"ok": False, "message": f"{WHY} Open {place}."}
    ]
