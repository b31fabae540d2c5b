"""Files outside all folders of the client: the server finds their project as the command line does."""

from __future__ import annotations

from pathlib import Path

import pytest

from configvars.lsp.convert.uris import uri_of
from support.fixtures import fixture
from support.git import commit, git
from support.lsp_client import LspClient, Message
from support.lsp_in_process import client_of_thread

PROJECT = """\
-- pyproject.toml --
[tool.configvars]
given = ["GIVEN_*"]
-- .env --
LOCAL=x
-- src/shop/app.py --
import os
os.environ["LOCAL"], os.environ["MISSING"], os.environ["GIVEN_BY_OTHERS"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    fixture(PROJECT).write(root)
    return root


def told(diagnostics: list[Message]) -> list[str]:
    return [f"{d['code']} {d['message'].split()[0]}" for d in diagnostics]


def rootless(client: LspClient, **options: object) -> None:
    """Initialize as Qt Creator does for a file outside a project."""
    params = {"processId": None, "rootUri": None, "workspaceFolders": [], "capabilities": {}}
    client.call("initialize", {**params, "initializationOptions": options})
    client.notify("initialized", {})


def test_without_a_root_the_project_is_found(project: Path) -> None:
    with client_of_thread() as client:
        rootless(client, trusted=True)
        app = client.open(project / "src/shop/app.py")
        assert told(client.diagnostics(app)) == ["missing-variable MISSING"]
        env = client.open(project / ".env")
        assert told(client.diagnostics(env)) == []
        assert client.at("definition", app, 1, 14)[0]["uri"] == env
        assert client.at("rename", app, 1, 14, newName="OTHER")["changes"].keys() == {app, env}
        assert client.exit() == 0


def test_nothing_is_reported_about_unread_files_of_an_untrusted_folder(project: Path) -> None:
    """The user has not opened or trusted the folder, so its files are not read and nothing is reported as
    missing.
    """
    with client_of_thread() as client:
        rootless(client)
        env = client.open(project / ".env")
        assert told(client.diagnostics(env)) == []
        app = client.open(project / "src/shop/app.py")
        assert told(client.diagnostics(app)) == []
        assert client.at("definition", app, 1, 14)[0]["uri"] == env  # open documents are known
        client.notify("configvars/didChangeTrust", {"trusted": True})
        assert told(client.diagnostics(app, bool)) == ["missing-variable MISSING"]


def test_a_file_outside_a_project_uses_only_its_folder(tmp_path: Path) -> None:
    fixture('-- lone/app.py --\nimport os\nos.environ["A"]\n-- lone/sub/.env --\nB=1\n').write(tmp_path)
    with client_of_thread() as client:
        rootless(client, trusted=True)
        app = client.open(tmp_path / "lone/app.py")
        assert told(client.diagnostics(app)) == ["missing-variable A"]


def test_every_command_accepts_the_folders_that_the_server_sends(project: Path) -> None:
    (project / ".env").unlink()
    with client_of_thread() as client:
        rootless(client, trusted=True)
        app = client.open(project / "src/shop/app.py")
        assert told(client.diagnostics(app, bool))[0] == "missing-variable LOCAL"
        where = {"start": {"line": 1, "character": 14}, "end": {"line": 1, "character": 14}}
        asked = {"textDocument": {"uri": app}, "range": where, "context": {"diagnostics": []}}
        found = client.call("textDocument/codeAction", asked)
        commands = [action.get("command") for action in found]
        create = next(
            c if isinstance(c, dict) else action
            for c, action in zip(commands, found, strict=True)
            if "with the names" in action["title"]
        )
        answer = client.command(create["command"], create["arguments"][0])
        assert (answer["ok"], answer["message"]) == (True, "Created .env: fill in the values.")
        assert "MISSING=" in (project / ".env").read_text()
        for name, more in [("explain", {"name": "MISSING"}), ("refresh", {})]:
            for folder in (uri_of(str(project)), str(project)):
                client.command(f"configvars.{name}", {"folder": folder, **more})


def test_what_a_submodule_needs_is_shown_if_the_project_imports_it(project: Path) -> None:
    lib = project.parent / "lib"
    fixture("-- __init__.py --\nimport os\nos.environ['SUB']\n").write(lib)
    for folder in (lib, project):
        commit(folder)
    git(project, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(lib), "src/shop/lib")
    (project / "src/shop/app.py").write_text("import os, lib\nos.environ['LOCAL']\n")
    with client_of_thread() as client:
        client.initialize(project, trusted=True)
        inner = uri_of(str(project / "src/shop/lib/__init__.py"))
        assert told(client.diagnostics(inner, bool)) == ["missing-variable SUB"]
        app = client.open(project / "src/shop/app.py")
        client.change(app, "import os\nos.environ['LOCAL']\n", 2)
        assert told(client.diagnostics(inner, lambda found: not found)) == []


def test_a_file_of_a_submodule_or_worktree_has_its_own_project(project: Path) -> None:
    commit(project)
    git(project, "worktree", "add", "-q", ".worktrees/feature", "-b", "feature")
    worktree = project / ".worktrees/feature"
    (worktree / "src/shop/app.py").write_text('import os\nos.environ["ONLY_HERE"]\n')
    with client_of_thread() as client:
        client.initialize(project, trusted=True)
        app = client.open(worktree / "src/shop/app.py")
        assert told(client.diagnostics(app, bool)) == ["missing-variable ONLY_HERE"]
        main = uri_of(str(project / "src/shop/app.py"))
        assert told(client.diagnostics(main, bool)) == ["missing-variable MISSING"]


def test_a_file_that_is_open_when_its_folder_is_removed_has_a_project(project: Path) -> None:
    with client_of_thread() as client:
        client.initialize(project, trusted=True)
        app = client.open(project / "src/shop/app.py")
        assert told(client.diagnostics(app, bool)) == ["missing-variable MISSING"]
        folder = {"uri": uri_of(str(project)), "name": "project"}
        client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [folder]}})
        text = (project / "src/shop/app.py").read_text()
        client.change(app, f"{text}os.environ['MORE']\n", 2)
        found = client.diagnostics(app, lambda found: len(found) == 2)
        assert told(found) == ["missing-variable MISSING", "missing-variable MORE"]
        assert "LOCAL" in client.at("hover", app, 1, 14)["contents"]["value"]
