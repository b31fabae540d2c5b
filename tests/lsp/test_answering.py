"""While an answer about a long file is computed, others are given; it is about the last text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from configvars.features.code_actions import acting
from configvars.features.completion import completing
from configvars.features.document_symbols import document_symbols
from configvars.features.drift import comparing
from configvars.features.env_format import format_env_file, sort_env_file
from configvars.features.folding import folding
from configvars.features.hover import hover
from configvars.features.rename import rename
from configvars.features.semantic_tokens import semantic_tokens
from configvars.limits import OFFERED, SHOWN
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.findings import checking
from configvars.model import Finding
from configvars.project import Project
from configvars.slices import finish, result
from configvars.text import Span
from configvars.workspace import Workspace
from support.growth import calls_of
from support.lsp_client import LspClient
from test_slices import MOST_CALLS, most

LINES = 4300


def lines(line: str) -> str:
    return "".join(line.replace("#", str(number)) + "\n" for number in range(LINES))


FOLDERS: dict[str, dict[str, str]] = {
    "values that are the same": {".env": lines("K_#=same"), "app.py": "import os\nos.environ['K_5']\n"},
    "each is read": {".env": lines("K_#=v#"), "app.py": "import os\n" + lines("os.environ['K_#']")},
    "none of the names is set": {
        ".env": lines("K_#=v#"),
        "app.py": "import os\n" + lines("os.environ['L_#']"),
    },
    "each interpolates the one before": {
        ".env": "".join(f"K_{number}=${{K_{number - 1}}}\n" for number in range(LINES)),
        "app.py": "import os\nos.environ['K_5']\n",
    },
    "a template with other names": {".env": lines("K_#=v"), ".env.example": lines("J_#=")},
}


@dataclass(frozen=True)
class Analysed:
    """A folder whose files are read and checked; `at` is inside of a name in `path`."""

    project: Project
    path: str
    at: int
    findings: tuple[Finding, ...]


IN_SLICES: dict[str, Callable[[Analysed], Iterator[object]]] = {
    "findings": lambda it: checking(it.project, it.path),
    "completion": lambda it: completing(it.project, it.path, it.at),
    "actions": lambda it: acting(it.project, it.path, Span(it.at, it.at), findings=it.findings),
    "actions for all": lambda it: acting(it.project, it.path, Span(0, 10**6), findings=it.findings),
    "overview": lambda it: comparing(it.project),
}
AT_ONCE: dict[str, Callable[[Project, str, int], object]] = {
    "hover": hover,
    "outline": lambda project, path, at: document_symbols(project, path),
    "folds": lambda project, path, at: folding(project, path),
    "colours": lambda project, path, at: semantic_tokens(project, path),
    "format": lambda project, path, at: format_env_file(project, path),
    "sort": lambda project, path, at: sort_env_file(project, path),
    "rename": lambda project, path, at: rename(project, path, at, "NEW_NAME"),
}


@pytest.fixture(scope="module", params=FOLDERS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Analysed:
    root = tmp_path_factory.mktemp("folder")
    for name, text in FOLDERS[request.param].items():
        (root / name).write_text(text)
    workspace, path = Workspace(str(root)), str(root / ".env")
    finish(workspace.load())
    project = workspace.project()
    at = FOLDERS[request.param][".env"].index("K_5") + 1
    return Analysed(project, path, at, result(checking(project, path)))


@pytest.mark.slow
@pytest.mark.parametrize("name", IN_SLICES)
def test_no_slice_is_long(name: str, folder: Analysed) -> None:
    assert most(IN_SLICES[name](folder)) < MOST_CALLS


@pytest.mark.slow
@pytest.mark.parametrize("name", AT_ONCE)
def test_an_answer_that_is_given_at_once_is_short(name: str, folder: Analysed) -> None:
    assert calls_of(lambda: AT_ONCE[name](folder.project, folder.path, folder.at)) < MOST_CALLS


def document(path: Path, version: int, text: str) -> dict[str, object]:
    return {"uri": uri_of(str(path)), "languageId": "dotenv", "version": version, "text": text}


@pytest.mark.slow
@pytest.mark.e2e
def test_an_answer_is_about_the_text_after_a_change(tmp_path: Path) -> None:
    """The change arrives while the actions for the first text are worked out."""
    path = tmp_path / ".env"
    uri = {"uri": uri_of(str(path))}
    here = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    with LspClient() as client:
        client.initialize(tmp_path)
        client.notify("textDocument/didOpen", {"textDocument": document(path, 1, lines("K_#=a b"))})
        asked = client.request(
            "textDocument/codeAction", {"textDocument": uri, "range": here, "context": {"diagnostics": []}}
        )
        change = {"textDocument": {**uri, "version": 2}, "contentChanges": [{"text": "NEW=c d\n"}]}
        client.notify("textDocument/didChange", change)
        actions = client.response(asked)["result"]
        assert client.exit() == 0
    (quote,) = [action for action in actions if action["title"] == "Put the value in quotes"]
    assert '"c d"' in [edit["newText"] for part in quote["edit"]["documentChanges"] for edit in part["edits"]]


@pytest.mark.slow
@pytest.mark.e2e
def test_an_editor_gets_no_more_than_it_can_show(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    uri = {"uri": uri_of(str(path))}
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": LINES, "character": 0}}
    with LspClient() as client:
        client.initialize(tmp_path)
        client.notify("textDocument/didOpen", {"textDocument": document(path, 1, lines("K_#"))})
        outline = client.call("textDocument/documentSymbol", {"textDocument": uri})
        actions = client.call(
            "textDocument/codeAction", {"textDocument": uri, "range": whole, "context": {"diagnostics": []}}
        )
        assert client.exit() == 0
    assert len(outline) == SHOWN.most
    assert 0 < len(actions) <= OFFERED.most
