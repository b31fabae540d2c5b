"""A planted value that must not occur in any answer, message, log or file of ours.

The exception is the edit that writes it; these tests do not request such an edit.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

from configvars.lsp.convert.uris import uri_of
from configvars.storage import remember_apps, state_folder
from support.fake_heroku import fake_heroku
from support.fixtures import fixture
from support.lsp_client import FULL_CAPABILITIES, LspClient

pytestmark = pytest.mark.e2e

CANARY = "c4n4ry"
PROJECT = f"""\
-- app.py --
import os
from flask import Flask
app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
url = os.environ["DATABASE_URL"]
gone = os.environ["MISSING"]
port = int(os.environ.get("PORT_2"))
-- .env --
# a comment
export SECRET_KEY="{CANARY} ${{DATABASE_URL}}" # about it
DATABASE_URL=postgres://u:{CANARY}@h/db
DATABASE_URL='{CANARY}
more'
not valid {CANARY}
UNUSED={CANARY}
-- .env.example --
SECRET_KEY={CANARY}
-- app.json --
{{"env": {{"SECRET_KEY": {{"value": "{CANARY}"}}, "MISSING": "{CANARY}"}}}}
-- Procfile --
web: gunicorn app:app
"""
FEATURES: dict[str, dict[str, Any]] = {
    "completion": {},
    "hover": {},
    "definition": {},
    "references": {"context": {"includeDeclaration": True}},
    "documentHighlight": {},
    "prepareRename": {},
}
WHOLE = ("documentSymbol", "foldingRange", "codeLens", "documentLink", "semanticTokens/full")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    fixture(PROJECT).write(root)
    return root


@pytest.fixture
def client(tmp_path: Path) -> Any:
    heroku = fake_heroku(tmp_path / "heroku", {"shop": {"SECRET_KEY": CANARY, "MISSING": CANARY}})
    settings = {
        **heroku.env,
        "PYTHONASYNCIODEBUG": "1",
        "PYTHONDEVMODE": "1",
        "HEROKU_DEBUG": "1",
        "DEBUG": "*",
    }
    with LspClient(env=settings) as started:
        yield started


def test_no_answer_message_or_log_contains_a_value(client: LspClient, project: Path, hermetic: Path) -> None:
    remember_apps(state_folder(), str(project), ("shop",))
    client.answers["workspace/configuration"] = lambda params: [{"inlayHints": True} for _ in params["items"]]
    client.initialize(project, trusted=True, status=True)
    client.notified("configvars/status", lambda p: p["state"] == "idle")
    opened = {name: client.open(project / name) for name in ("app.py", ".env", ".env.example", "app.json")}
    client.diagnostics(opened[".env"], bool)
    client.diagnostics(opened["app.py"], bool)
    for name, uri in opened.items():
        exercise(client, uri, (project / name).read_text())
    client.call("workspace/symbol", {"query": ""})
    folder = {"folder": uri_of(str(project))}
    client.call("configvars/overview", folder)
    client.call("configvars/apps", folder)
    for name in ("SECRET_KEY", "DATABASE_URL", "NOBODY"):
        client.command("configvars.explain", {**folder, "name": name})
    client.command("configvars.refresh", {})
    client.command("configvars.createEnvFile", {**folder, "from": "template"})
    answered = client.command("configvars.pull", {**folder, "names": ["SECRET_KEY"]})
    assert "SECRET_KEY" in answered["message"]
    assert client.exit() == 0
    assert CANARY not in client.raw.decode()
    assert CANARY not in client.stderr
    written = [path for path in hermetic.rglob("*") if path.is_file()]
    assert not [path for path in written if CANARY.encode() in path.read_bytes()]


def exercise(client: LspClient, uri: str, text: str) -> None:
    """Request every feature at every fourth position of a document, and renames that are refused."""
    document = {"textDocument": {"uri": uri}}
    asked = [client.request(f"textDocument/{name}", document) for name in WHOLE]
    everywhere = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    asked.append(client.request("textDocument/inlayHint", {**document, "range": everywhere}))
    for line, content in enumerate(text.splitlines()):
        for character in range(0, len(content) + 1, 4):
            position = {"line": line, "character": character}
            for name, more in FEATURES.items():
                asked.append(
                    client.request(f"textDocument/{name}", {**document, "position": position, **more})
                )
            asked.append(
                client.request("textDocument/rename", {**document, "position": position, "newName": "1-no"})
            )
    for msg_id in asked:
        answer = client.response(msg_id)
        assert answer.get("error", {}).get("code", -32803) == -32803, answer


FAULTS = (
    "import configvars.workspace.workspace as w, configvars.features.hover as h, sys\n"
    "import configvars.lsp.handlers.reading_aids as aids\n"
    "def broken(project, path, *_): raise ValueError(project.text_of(path))\n"
    "aids.hover = aids.completing = broken\n"
    "w.Workspace.findings = lambda self, path: broken(self.project(), path)\n"
    "from configvars.lsp.main import run; sys.exit(run())"
)


def test_an_exception_that_quotes_a_file_is_reported_without_its_text(project: Path) -> None:
    with LspClient(command=[sys.executable, "-X", "dev", "-c", FAULTS], expects_faults=True) as client:
        client.initialize(project, capabilities=FULL_CAPABILITIES)
        env = client.open(project / ".env")
        params = {"textDocument": {"uri": env}, "position": {"line": 1, "character": 9}}
        for method in ("hover", "completion"):
            answer = client.response(client.request(f"textDocument/{method}", params))
            assert answer["error"] == {"code": -32603, "message": "internal error; the log says where"}
        client.request("textDocument/rename", {"canary": CANARY})
        assert client.exit() == 0
    assert CANARY not in client.raw.decode() + client.stderr
    env = project / ".env"
    assert [re.sub(r"\d+$", "_", fault) for fault in client.faults if "publishing" not in fault] == [
        f"textDocument/hover on {env} failed: ValueError at lsp/handlers/reading_aids.py:_",
        f"textDocument/completion on {env} failed: ValueError at lsp/handlers/reading_aids.py:_",
    ]


BROKEN_PARTS = (
    "import configvars.checks.bare_name as check, configvars.sources.dotenv as source, sys\n"
    "def first_broken(facts): raise ValueError('BREAK')\n"
    "check.first_broken = first_broken\n"
    "class BrokenLines(source.EnvLines):\n"
    "    def __init__(self, text, *, template):\n"
    "        if 'BREAK' in text: raise ValueError(text)\n"
    "        super().__init__(text, template=template)\n"
    "source.EnvLines = BrokenLines\n"
    "import configvars.lsp.offers as actions\n"
    "def extract_actions(*_, **__): raise ValueError()\n"
    "actions.extract_actions = extract_actions\n"
    "import configvars.lsp.publisher as publisher\n"
    "def refresh(server): raise ValueError()\n"
    "publisher.refresh = refresh\n"
    "import configvars.lsp.folders as folders\n"
    "class Workspace(folders.Workspace):\n"
    "    def opening(self, path, text):\n"
    "        if 'REFUSE' in (text or ''): raise ValueError(text)\n"
    "        return super().opening(path, text)\n"
    "folders.Workspace = Workspace\n"
    "from configvars.lsp.main import run; sys.exit(run())"
)


def test_a_failure_affects_nothing_else(project: Path) -> None:
    """A check, a source, an action, a file and the publisher fail.

    Everything else that they should do is done.
    """
    with LspClient(command=[sys.executable, "-c", BROKEN_PARTS], expects_faults=True) as client:
        client.initialize(project)
        env, app = client.open(project / ".env"), client.open(project / "app.py")
        client.diagnostics(env, bool)
        client.change(env, f"BREAK={CANARY}\n", 2)
        client.diagnostics(env, lambda found: [each["code"] for each in found] == ["unreadable-env-file"])
        assert "missing-variable" in {found["code"] for found in client.diagnostics(app, bool)}
        client.change(env, f"REFUSE={CANARY}\n", 3)
        client.at("hover", app, 1, 1)
        client.change(env, "SECRET_KEY=\nUNUSED=\nUNUSED=\nLONE\n", 4)
        found = client.diagnostics(env, lambda found: len(found) >= 3)
        where = {"textDocument": {"uri": env}, "range": found[-1]["range"], "context": {"diagnostics": []}}
        assert client.call("textDocument/codeAction", where)
        assert client.exit() == 0
    assert CANARY not in client.raw.decode() + client.stderr
    assert {re.sub(r"\.py:\d+$", "", fault) for fault in client.faults} >= {
        "publishing failed: ValueError at lsp/publisher",
        f"taking a change of {project / '.env'} failed: ValueError at lsp/folders",
        "the check bare-name on .env failed: ValueError at checks/bare_name",
        f"analysing {project / '.env'} failed: ValueError at sources/dotenv",
        f"offering actions for {project / '.env'} failed: ValueError at lsp/offers",
    }
