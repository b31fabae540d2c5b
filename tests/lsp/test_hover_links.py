"""The links in hovers run only commands that the VS Code extension enables in hovers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from configvars.lsp.convert.uris import uri_of
from support.lsp_in_process import results

CLIENT = Path(__file__).parents[2] / "client-vscode" / "src"
CODE = 'import os\nos.environ["A"]\n'


def enabled() -> set[str]:
    """The commands that the extension enables in hovers."""
    source = (CLIENT / "serverCommands.ts").read_text()
    names = dict(re.findall(r'^  (\w+): "(configvars\.\w+)",$', source, re.M))
    listed = re.search(r"const ENABLED = \[(.*)\];", (CLIENT / "hover.ts").read_text())
    assert listed
    return {names[each[9:]] if each[:9] == "Commands." else each[1:-1] for each in listed[1].split(", ")}


def linked(folder: Path, **options: object) -> set[str]:
    """The commands in the hover of `A` in app.py."""
    uri = uri_of(str(folder / "app.py"))
    (folder / "app.py").write_text(CODE)
    opened = {"uri": uri, "languageId": "python", "version": 1, "text": CODE}
    place = {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 12}}
    open_it = ("textDocument/didOpen", {"textDocument": opened})
    (found,) = results(folder, open_it, ("*textDocument/hover", place), **options)
    return set(re.findall(r"\(command:([\w.]+)", json.dumps(found)))


@pytest.mark.parametrize(
    ("files", "trusted", "commands"),
    [
        ({}, False, set()),
        ({}, True, {"configvars.createEnvFile", "configvars.pull"}),
        ({".env": "B=1\n"}, True, {"configvars.pull"}),
        ({".env": "A=1\n"}, True, {"configvars.show"}),
    ],
)
def test_the_links_of_a_hover(
    tmp_path: Path, files: dict[str, str], trusted: bool, commands: set[str]
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert linked(tmp_path, trusted=trusted, commandLinks=True) == commands
    assert commands <= enabled()
    assert linked(tmp_path, trusted=trusted) == set()


def test_vs_code_enables_only_the_commands_of_links() -> None:
    created, shown = "configvars.createEnvFile", "configvars.show"
    assert enabled() == {"configvars.pull", created, shown, "configvars.fix", "configvars.ui.diff"}
