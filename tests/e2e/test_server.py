"""The server as a process, as any client on stdio sees it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from configvars.lsp.convert.uris import uri_of
from support.fixtures import fixture
from support.lsp_client import FULL_CAPABILITIES, LspClient, Message

pytestmark = pytest.mark.e2e

PROJECT = """\
-- app.py --
import os
key = os.environ["SECRET_KEY"]
url = os.environ["DATABASE_URL"]
mail = os.environ.get("MAIL_SERVER")
-- .env --
SECRET_KEY=s3cret
-- .env.example --
DATABASE_URL=
MAIL_SERVER=
SECRET_KEY=
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    fixture(PROJECT).write(root)
    return root


def codes(diagnostics: list[Message]) -> list[str]:
    return [f"{d['range']['start']['line']}:{d['code']}" for d in diagnostics]


def applied(text: str, edits: list[Message]) -> str:
    """The text after the edits; all lines are ASCII."""
    lines = [*text.splitlines(keepends=True), ""]
    starts = [sum(map(len, lines[:number])) for number in range(len(lines))]

    def offset(position: Message) -> int:
        return int(starts[position["line"]] + position["character"])

    for edit in sorted(edits, key=lambda e: offset(e["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text


def test_a_finding_in_an_open_file(project: Path) -> None:
    with LspClient() as client:
        offered = client.initialize(project)
        assert offered["serverInfo"]["name"] == "configvars"
        assert offered["capabilities"]["textDocumentSync"]["change"] == 1
        app = client.open(project / "app.py")
        found = client.diagnostics(app)
        assert codes(found) == ["2:missing-variable", "3:missing-optional-variable"]
        assert found[0]["source"] == "configvars"
        assert found[0]["codeDescription"]["href"].endswith("/missing-variable.html")

        listed = client.at("completion", app, 1, 18)
        assert "SECRET_KEY" in [item["label"] for item in listed["items"]]
        assert listed["itemDefaults"]["editRange"]["start"] == {"line": 1, "character": 18}
        assert "SECRET_KEY" in client.at("hover", app, 1, 20)["contents"]["value"]
        (place,) = client.at("definition", app, 1, 20)
        assert place["uri"] == uri_of(str(project / ".env"))
        every = client.at("references", app, 1, 20, context={"includeDeclaration": True})
        assert {Path(each["uri"]).name for each in every} == {"app.py", ".env", ".env.example"}

        where = {"start": {"line": 2, "character": 20}, "end": {"line": 2, "character": 20}}
        params = {"textDocument": {"uri": app}, "range": where, "context": {"diagnostics": []}}
        actions = client.call("textDocument/codeAction", params)
        add = next(action for action in actions if action["title"] == "Add DATABASE_URL to .env")
        (change,) = add["edit"]["documentChanges"]
        assert change["textDocument"] == {"uri": uri_of(str(project / ".env")), "version": None}
        assert applied("SECRET_KEY=s3cret\n", change["edits"]) == "DATABASE_URL=\nSECRET_KEY=s3cret\n"
        assert client.exit() == 0
    assert client.stderr == ""


@pytest.mark.parametrize(("shut_down", "exit_code"), [(True, 0), (False, 1)])
def test_the_exit_code(project: Path, shut_down: bool, exit_code: int) -> None:
    with LspClient() as client:
        client.initialize(project)
        if shut_down:
            client.call("shutdown")
        client.notify("exit")
        assert client.process.wait(20) == exit_code


@pytest.mark.parametrize(("shut_down", "exit_code"), [(True, 0), (False, 1)])
def test_the_end_of_stdin_ends_it(shut_down: bool, exit_code: int) -> None:
    with LspClient() as client:
        client.initialize()
        if shut_down:
            client.call("shutdown")
        assert client.process.stdin
        client.process.stdin.close()
        assert client.process.wait(20) == exit_code


def test_a_message_that_is_too_long_ends_it() -> None:
    with LspClient() as client:
        client.initialize()
        client.send_bytes(b"Content-Length: 1000000000000\r\n\r\n{}")
        assert client.process.wait(20) == 1
    assert "no more valid messages" in client.stderr


BUSY = (
    "import configvars.lsp.handlers.reading_aids as aids, configvars.lsp.parent as parent, sys, threading\n"
    "parent._AFTER_STDIN = 0.2\n"
    "aids.hover = lambda *_: threading.Event().wait()\n"
    "from configvars.lsp.main import run; sys.exit(run())"
)


def test_the_end_of_stdin_ends_it_while_it_is_busy(project: Path) -> None:
    with LspClient(command=[sys.executable, "-c", BUSY]) as client:
        client.initialize(project)
        place = {
            "textDocument": {"uri": client.open(project / "app.py")},
            "position": {"line": 1, "character": 20},
        }
        client.request("textDocument/hover", place)
        assert client.process.stdin
        client.process.stdin.close()
        assert client.process.wait(20) == 1


def test_it_ends_after_the_editor_even_if_the_pipe_stays_open() -> None:
    with (
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as editor,
        LspClient() as client,
    ):
        client.call("initialize", {"processId": editor.pid, "capabilities": {}})
        editor.kill()
        editor.wait()
        client.process.wait(20)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 24), ("utf-16", 22), ("utf-32", 21)])
def test_columns_behind_an_emoji(project: Path, encoding: str, column: int) -> None:
    capabilities = {**FULL_CAPABILITIES, "general": {"positionEncodings": [encoding]}}
    with LspClient() as client:
        offered = client.initialize(project, capabilities=capabilities)
        assert offered["capabilities"]["positionEncoding"] == encoding
        app = client.open(project / "app.py", 'import os\na = "😀"; os.environ["NEW"]\n')
        found = client.diagnostics(app, lambda found: codes(found)[0].startswith("1:"))[0]["range"]
        assert found["start"] == {"line": 1, "character": column}
        assert client.at("hover", app, 1, column + 1)["range"] == found


def test_line_ends_of_python_only_move_no_positions(project: Path) -> None:
    with LspClient() as client:
        client.initialize(project)
        env = client.open(project / ".env")
        for version, odd in enumerate("\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e", start=2):
            client.change(env, f"A=1{odd}{odd}\n\nSECRET_KEY=x\n", version)
            (place,) = client.at("documentHighlight", env, 2, 3)
            assert place["range"]["start"] == {"line": 2, "character": 0}, ascii(odd)


def test_documents_that_are_not_files_are_ignored(project: Path) -> None:
    with LspClient() as client:
        client.initialize(project)
        for uri in ("untitled:Untitled-1", "git:/x/.env?{}", "vscode-notebook-cell:/x.ipynb#1"):
            item = {"uri": uri, "languageId": "python", "version": 1, "text": 'import os\nos.environ["X"]\n'}
            client.notify("textDocument/didOpen", {"textDocument": item})
            assert client.at("hover", uri, 1, 13) is None
            client.close(uri)
        assert client.exit() == 0
    told = [m["params"]["uri"] for m in client.heard if m.get("method") == "textDocument/publishDiagnostics"]
    assert all(uri.startswith("file:") for uri in told)


def test_several_quick_edits_cause_one_publication(project: Path) -> None:
    with LspClient() as client:
        client.initialize(project)
        app = client.open(project / "app.py")
        client.diagnostics(app)
        before = len(client.heard)
        for version in range(2, 102):
            client.change(app, f'import os\nos.environ["NAME_{version}"]\n', version)
        client.notified("textDocument/publishDiagnostics", lambda p: p.get("version") == 101, after=before)
        assert len(client.heard) - before < 20


def test_a_closed_document_is_read_from_disk(project: Path) -> None:
    with LspClient() as client:
        client.initialize(project)
        env = client.open(project / ".env", "")
        app = client.open(project / "app.py")
        client.diagnostics(app, lambda found: "1:missing-variable" in codes(found))
        client.close(env)
        client.diagnostics(app, lambda found: "1:missing-variable" not in codes(found))


def test_the_client_reports_files_that_change_on_disk(project: Path) -> None:
    with LspClient() as client:
        client.initialize(project)
        asked = client.notified("client/registerCapability")["registrations"]
        watched = next(r for r in asked if r["method"] == "workspace/didChangeWatchedFiles")
        assert "**/.{env,flaskenv}*" in [w["globPattern"] for w in watched["registerOptions"]["watchers"]]
        app = client.open(project / "app.py")
        client.diagnostics(app, lambda found: "2:missing-variable" in codes(found))
        (project / ".env").write_text("SECRET_KEY=x\nDATABASE_URL=y\n")
        changes = [{"uri": uri_of(str(project / ".env")), "type": 2}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        client.diagnostics(app, lambda found: codes(found) == ["3:missing-optional-variable"])


def test_without_file_watching_files_are_compared_on_saving(project: Path) -> None:
    with LspClient() as client:
        client.initialize(project, capabilities={})
        app = client.open(project / "app.py")
        client.diagnostics(app, lambda found: "2:missing-variable" in codes(found))
        (project / ".env").unlink()
        (project / ".env").write_text("SECRET_KEY=x\nDATABASE_URL=y\n")
        client.notify("textDocument/didSave", {"textDocument": {"uri": app}})
        client.diagnostics(app, lambda found: codes(found) == ["3:missing-optional-variable"])
        assert not [m for m in client.heard if m.get("method") == "client/registerCapability"]


def test_the_nearest_folder_answers_and_folders_can_be_added_and_removed(tmp_path: Path) -> None:
    fixture('-- app.py --\nimport os\nos.environ["A"]\n-- .env --\nB=1\n').write(tmp_path / "one")
    fixture('-- app.py --\nimport os\nos.environ["B"]\n-- .env --\nA=1\n').write(tmp_path / "one/two")
    with LspClient() as client:
        client.initialize(tmp_path / "one", tmp_path / "one/two")
        outer, inner = (uri_of(str(tmp_path / name)) for name in ("one/app.py", "one/two/app.py"))
        assert codes(client.diagnostics(outer)) == ["1:missing-variable"]
        assert codes(client.diagnostics(inner)) == ["1:missing-variable"]
        gone = {"uri": uri_of(str(tmp_path / "one")), "name": "one"}
        event = {"added": [], "removed": [gone]}
        client.notify("workspace/didChangeWorkspaceFolders", {"event": event})
        client.diagnostics(outer, lambda found: not found)
        event = {"added": [gone], "removed": []}
        before = len(client.heard)
        client.notify("workspace/didChangeWorkspaceFolders", {"event": event})
        client.notified("textDocument/publishDiagnostics", lambda p: p["uri"] == outer, after=before)


def test_a_file_without_a_folder(project: Path) -> None:
    with LspClient() as client:
        client.initialize()
        app = client.open(project / "app.py")
        assert codes(client.diagnostics(app)) == [], "variables that an unread file may set are not missing"
        assert "SECRET_KEY" in client.at("hover", app, 1, 20)["contents"]["value"]
        assert client.at("definition", app, 1, 20) is None, "an untrusted neighbour was read"
        client.close(app)
        client.diagnostics(app, lambda found: not found)


def test_settings_of_the_client_and_of_the_repository(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.configvars]\ngiven = ["MAIL_*"]\n')
    section: dict[str, Any] = {"checks": {"missing-variable": "error"}, "given": [], "exclude": 3}
    with LspClient() as client:
        client.answers["workspace/configuration"] = lambda params: [section for _ in params["items"]]
        client.initialize(project)
        app = client.open(project / "app.py")
        told = client.notified("window/showMessage")
        assert told["message"].startswith("The setting configvars.exclude must be")
        client.diagnostics(app, lambda found: [d["severity"] for d in found] == [1])
        section["checks"] = {"missing-variable": "hint"}
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.diagnostics(app, lambda found: [d["severity"] for d in found] == [4])


def test_mistakes_in_settings_are_reported_in_their_file(project: Path) -> None:
    settings = project / "pyproject.toml"
    settings.write_text('[tool.configvars.checks]\nmising-variable = "off"\n')
    with LspClient() as client:
        client.initialize(project)
        uri = uri_of(str(settings))
        assert codes(client.diagnostics(uri, bool)) == ["1:invalid-setting"]
        text = '[tool.configvars.checks]\nmissing-variable = "off"\n'
        client.open(settings, text)
        client.diagnostics(uri, lambda found: not found)
        where = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 0}}
        client.change(uri, text.replace("missing", "mising"), 2)
        client.diagnostics(uri, lambda found: len(found) == 1)
        context: dict[str, Any] = {"diagnostics": []}
        params = {"textDocument": {"uri": uri}, "range": where, "context": context}
        (fix,) = client.call("textDocument/codeAction", params)
        assert fix["title"] == "Write missing-variable"


def test_a_client_without_capabilities(project: Path) -> None:
    with LspClient() as client:
        offered = client.initialize(project, capabilities={})
        assert offered["capabilities"]["renameProvider"] is True
        app = client.open(project / "app.py")
        (first, *_) = client.diagnostics(app)
        assert "codeDescription" not in first
        listed = client.at("completion", app, 1, 18)
        assert listed["items"][0]["textEdit"]["newText"] == listed["items"][0]["label"]
        env = client.open(project / ".env")
        (symbol,) = client.call("textDocument/documentSymbol", {"textDocument": {"uri": env}})
        assert symbol["location"]["uri"] == env
        edit = client.at("rename", app, 1, 20, newName="OTHER_KEY")
        assert {Path(uri).name for uri in edit["changes"]} == {"app.py", ".env", ".env.example"}


def test_a_client_with_only_pull_diagnostics(project: Path) -> None:
    capabilities = {
        "textDocument": {"diagnostic": {}},
        "workspace": {"diagnostics": {"refreshSupport": True}},
    }
    with LspClient() as client:
        offered = client.initialize(project, capabilities=capabilities)
        assert offered["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"] is False
        app = client.open(project / "app.py")
        client.notified("workspace/diagnostic/refresh")
        report = client.call("textDocument/diagnostic", {"textDocument": {"uri": app}})
        assert codes(report["items"]) == ["2:missing-variable", "3:missing-optional-variable"]
        assert not [m for m in client.heard if m.get("method") == "textDocument/publishDiagnostics"]


def test_a_refused_rename_says_why(project: Path) -> None:
    with LspClient() as client:
        client.initialize(project)
        app = client.open(project / "app.py")
        place = {"textDocument": {"uri": app}, "position": {"line": 1, "character": 20}}
        answer = client.response(client.request("textDocument/rename", {**place, "newName": "1-2"}))
        assert answer["error"]["code"] == -32803
        assert "Heroku allows letters" in answer["error"]["message"]


def test_printed_text_does_not_reach_the_client(project: Path) -> None:
    program = (
        "import os, sys, configvars.lsp.handlers.reading_aids as aids; old = aids.hover\n"
        "def hover(*at):\n"
        "    print('printed'); os.write(1, b'written'); os.system('echo echoed'); return old(*at)\n"
        "aids.hover = hover\n"
        "from configvars.lsp.main import run; sys.exit(run())"
    )
    with LspClient(command=[sys.executable, "-c", program]) as client:
        client.initialize(project)
        app = client.open(project / "app.py")
        assert client.at("hover", app, 1, 20)
        assert client.exit() == 0
    assert all(word in client.stderr for word in ("printed", "written", "echoed"))


def test_it_imports_nothing_from_the_folder_it_starts_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("attrs", "json", "server", "lsprotocol", "configvars"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('shadowed')\n")
    server = Path(__file__).parents[2] / "server"
    start = tmp_path / "elsewhere" / "start.py"
    start.parent.mkdir()
    start.write_text(
        f"import sys; sys.path.insert(0, {str(server)!r})\n"
        "from configvars.lsp.main import run; sys.exit(run())\n"
    )
    command = [sys.executable, "-I", str(start)]
    monkeypatch.chdir(tmp_path)
    with LspClient(command=command) as client:
        client.initialize(tmp_path)
        assert client.exit() == 0


def test_a_file_that_is_too_large_is_reported_and_blocks_nothing(project: Path) -> None:
    with LspClient() as client:
        client.initialize(project)
        app = client.open(project / "app.py")
        client.diagnostics(app)
        env = client.open(project / ".env", "A=1\n" * 2_500_000)
        assert client.at("hover", app, 1, 20)
        told = client.notified("window/showMessage")["message"]
        assert told == ".env is larger than 1024 KiB and was not checked."
        for feature in ("foldingRange", "semanticTokens/full", "documentSymbol", "codeLens"):
            assert client.call(f"textDocument/{feature}", {"textDocument": {"uri": env}}) is None


def test_a_long_env_file_blocks_nothing(project: Path) -> None:
    """The analysis of a long file yields: requests about other files are answered before it is done."""
    with LspClient() as client:
        client.initialize(project)
        app = client.open(project / "app.py")
        client.diagnostics(app)
        text = "".join(f"VARIABLE_NUMBER_{number}='some words'\n" for number in range(9_900))
        env = client.open(project / ".env", text)
        outline = client.request("textDocument/documentSymbol", {"textDocument": {"uri": env}})
        assert client.at("hover", app, 1, 20)
        assert not any(m.get("id") == outline and "result" in m for m in client.heard)
        assert len(client.response(outline)["result"]) == 2_000  # as many as are shown
        client.diagnostics(env, lambda found: len(found) == 1000)


@pytest.mark.parametrize("text", ["A=1\n" * 2_500_000, "A=" + "x" * 5_000_000], ids=["10 MB", "one line"])
def test_an_env_file_that_is_too_large_is_reported(project: Path, text: str) -> None:
    with LspClient() as client:
        client.initialize(project)
        client.open(project / ".env", text)
        told = client.notified("window/showMessage")
        assert told["message"] == ".env is larger than 1024 KiB and was not checked."
        assert client.at("hover", client.open(project / "app.py"), 1, 20)


def test_an_env_file_is_formatted_and_code_is_not(project: Path) -> None:
    with LspClient() as client:
        client.initialize(project)
        options = {"options": {"tabSize": 4, "insertSpaces": True}}
        text = "  # why  \nA = 'x '\n\n\n\nB=1"
        env = client.open(project / ".env", text)
        edits = client.call("textDocument/formatting", {"textDocument": {"uri": env}, **options})
        assert applied(text, edits) == "# why\nA = 'x '\n\nB=1\n"
        app = client.open(project / "app.py")
        assert client.call("textDocument/formatting", {"textDocument": {"uri": app}, **options}) is None


def test_formatting_is_registered_only_for_env_files_if_possible(project: Path) -> None:
    document = {**FULL_CAPABILITIES["textDocument"], "formatting": {"dynamicRegistration": True}}
    with LspClient() as client:
        offered = client.initialize(project, capabilities={**FULL_CAPABILITIES, "textDocument": document})
        assert "documentFormattingProvider" not in offered["capabilities"]
        (formatting,) = (
            each
            for each in client.notified("client/registerCapability")["registrations"]
            if each["method"] == "textDocument/formatting"
        )
        assert {"pattern": "**/*.env", "scheme": "file"} in formatting["registerOptions"]["documentSelector"]
