"""The server uses only what the client supports.

Each capability is left out once, and then its sign is absent.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from configvars.lsp.convert.uris import uri_of
from support.fake_heroku import FakeHeroku, fake_heroku
from support.fixtures import fixture
from support.lsp_client import LspClient, Message

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

OFFERED: dict[str, Any] = {
    "general.positionEncodings": ["utf-8"],
    "window.workDoneProgress": True,
    "workspace.applyEdit": True,
    "workspace.configuration": True,
    "workspace.workspaceEdit.documentChanges": True,
    "workspace.workspaceEdit.resourceOperations": ["create"],
    "workspace.didChangeWatchedFiles.dynamicRegistration": True,
    "workspace.didChangeConfiguration.dynamicRegistration": True,
    "workspace.codeLens.refreshSupport": True,
    "workspace.inlayHint.refreshSupport": True,
    "workspace.semanticTokens.refreshSupport": True,
    "notebookDocument.synchronization.dynamicRegistration": True,
    "textDocument.formatting.dynamicRegistration": True,
    "textDocument.publishDiagnostics.relatedInformation": True,
    "textDocument.publishDiagnostics.tagSupport": {"valueSet": [1, 2]},
    "textDocument.publishDiagnostics.versionSupport": True,
    "textDocument.publishDiagnostics.codeDescriptionSupport": True,
    "textDocument.completion.completionItem.labelDetailsSupport": True,
    "textDocument.completion.completionItem.documentationFormat": ["markdown"],
    "textDocument.completion.completionList.itemDefaults": ["editRange"],
    "textDocument.hover.contentFormat": ["markdown"],
    "textDocument.documentSymbol.hierarchicalDocumentSymbolSupport": True,
    "textDocument.codeAction.codeActionLiteralSupport": {
        "codeActionKind": {"valueSet": ["quickfix", "source", "refactor"]}
    },
    "textDocument.codeAction.isPreferredSupport": True,
    "textDocument.rename.prepareSupport": True,
}
"""What this client supports, by the path of the capability."""

SIGNS = {
    "general.positionEncodings": r'"positionEncoding":"utf-8"',
    "window.workDoneProgress": r'"method":"window/workDoneProgress/create"',
    "workspace.applyEdit": r'"method":"workspace/applyEdit"',
    "workspace.configuration": r'"method":"workspace/configuration"',
    "workspace.workspaceEdit.documentChanges": r'"documentChanges":',
    "workspace.workspaceEdit.resourceOperations": r'"kind":"create"',
    "workspace.didChangeWatchedFiles": r'"method":"workspace/didChangeWatchedFiles"',
    "workspace.didChangeConfiguration": r'"method":"workspace/didChangeConfiguration"',
    "workspace.codeLens": r'"method":"workspace/codeLens/refresh"',
    "workspace.inlayHint": r'"method":"workspace/inlayHint/refresh"',
    "workspace.semanticTokens": r'"method":"workspace/semanticTokens/refresh"',
    "notebookDocument.synchronization": r'"notebookDocumentSync":',
    "textDocument.formatting.dynamicRegistration": r'"method":"textDocument/formatting"',
    "textDocument.publishDiagnostics.relatedInformation": r'"relatedInformation":',
    "textDocument.publishDiagnostics.tagSupport": r'"tags":\[1\]',
    "textDocument.publishDiagnostics.versionSupport": r'(?=.*"textDocument/publishDiagnostics").*"version":7',
    "textDocument.publishDiagnostics.codeDescriptionSupport": r'"codeDescription":',
    "textDocument.completion.completionItem.labelDetailsSupport": r'"labelDetails":',
    "textDocument.completion.completionItem.documentationFormat": r'"documentation":\{"kind":"markdown"',
    "textDocument.completion.completionList": r'"itemDefaults":',
    "textDocument.hover": r'"contents":\{"kind":"markdown"',
    "textDocument.documentSymbol": r'"selectionRange":',
    "textDocument.codeAction.codeActionLiteralSupport": r'"kind":"quickfix"|"codeActionKinds":',
    "textDocument.codeAction.isPreferredSupport": r'"isPreferred":',
    "textDocument.rename.prepareSupport": r'"prepareProvider":',
}
"""A pattern that the messages match if and only if the client supports the capability."""

# Capabilities that the server can use only together with the one that is left out.
GO_TOO = {
    "workspace.workspaceEdit.documentChanges": {"workspace.workspaceEdit.resourceOperations"},
    "textDocument.codeAction.codeActionLiteralSupport": {
        "textDocument.codeAction.isPreferredSupport",
        "workspace.workspaceEdit.resourceOperations",
    },
}
# Neovim supports this without announcing it, so leaving it out is not enough: the client must say false.
SAYS_NO = {"workspace.workspaceEdit.documentChanges": False}

FILES = """\
-- app.py --
import os
os.environ["MISSING"]
os.environ["SECRET_KEY"]
-- .env --
SECRET_KEY=abc
UNUSED=1
UNUSED=2
-- sub/.env.example --
ELSEWHERE=
-- .git/HEAD --
ref: refs/heads/main
-- .git/config --
[core]
"""


@pytest.fixture(scope="module")
def heroku(tmp_path_factory: pytest.TempPathFactory) -> FakeHeroku:
    return fake_heroku(tmp_path_factory.mktemp("heroku"), {"shop": {"MISSING": "canary"}})


@pytest.fixture(scope="module")
def client(heroku: FakeHeroku) -> Iterator[LspClient]:
    """One process for all sessions, because JupyterLab also initializes the same process again."""
    with LspClient(env=heroku.env) as client:
        client.answers["workspace/applyEdit"] = lambda params: {"applied": True}
        client.answers["workspace/configuration"] = lambda params: [None for _ in params["items"]]
        yield client


def capabilities(offered: dict[str, Any]) -> Message:
    tree: Message = {}
    for path, value in offered.items():
        *keys, last = path.split(".")
        inner = tree
        for key in keys:
            inner = inner.setdefault(key, {})
        inner[last] = deepcopy(value)
    return tree


def use(client: LspClient, root: Path, offered: dict[str, Any]) -> int:
    """Run a session in which the server uses every capability that the client has.

    Returns how many messages the client had received before: late ones belong to the previous session.
    """
    fixture(FILES).write(root)
    folder = [{"uri": uri_of(str(root)), "name": "ws"}]
    begin = {"processId": os.getpid(), "rootUri": folder[0]["uri"], "workspaceFolders": folder}
    begin |= {"capabilities": capabilities(offered), "initializationOptions": {"trusted": True}}
    answer = client.response(client.request("initialize", begin))
    client.notify("initialized", {})
    names = ("app.py", ".env", "sub/.env.example")
    code, env, template = (client.open(root / name, version=7) for name in names)
    client.diagnostics(env, lambda found: len(found) > 1)
    client.at("completion", code, 2, 13)
    client.at("hover", code, 2, 13)
    client.call("textDocument/documentSymbol", {"textDocument": {"uri": env}})
    missing = {"start": {"line": 1, "character": 12}, "end": {"line": 1, "character": 12}}
    top = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    for uri, range_ in ((code, missing), (env, top), (template, top)):
        asked = {"textDocument": {"uri": uri}, "range": range_, "context": {"diagnostics": []}}
        client.call("textDocument/codeAction", asked)
    client.at("rename", code, 2, 13, newName="OTHER")
    client.command("configvars.fix", {"uri": code, "range": missing, "title": "Add MISSING to .env"})
    client.command("configvars.chooseApp", {"folder": folder[0]["uri"], "apps": ["shop"]})
    return client.heard.index(answer)


def is_heard(client: LspClient, sign: str, after: int) -> bool:
    return any(re.search(SIGNS[sign], line) for line in client.raw.decode().splitlines()[after:])


def hear(client: LspClient, signs: set[str], after: int) -> None:
    """Wait until the client has received messages that match all patterns."""
    try:
        client.wait(lambda _: all(is_heard(client, sign, after) for sign in signs), after=after)
    except AssertionError:
        silent = [sign for sign in sorted(signs) if not is_heard(client, sign, after)]
        assert silent == []


@pytest.mark.parametrize("left_out", ["nothing", *SIGNS])
def test_capabilities_follow_the_client(left_out: str, client: LspClient, tmp_path: Path) -> None:
    offered = {path: value for path, value in OFFERED.items() if not path.startswith(left_out)}
    if left_out in SAYS_NO:
        offered[left_out] = SAYS_NO[left_out]
    before = use(client, tmp_path / "ws", offered)
    gone = {left_out, *GO_TOO.get(left_out, ())}
    hear(client, set(SIGNS) - gone, before)
    assert [sign for sign in sorted(gone & set(SIGNS)) if is_heard(client, sign, before)] == []
