"""Which changes count as typing, and where the cursor is after them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from configvars.features.at import variables_in
from configvars.lsp import keystrokes
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.keystrokes import Keystrokes, Typing, typed
from configvars.model import Finding, Severity, Variable
from support.fixtures import fixture
from support.lsp_in_process import client_of_thread
from support.projects import opened


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A=1\n", "A=1\n"),
        ("A=1\n", "A=1\n\n"),
        ("A=1\nB", "A=1B"),
        ("A=1\n", ""),
        ("A=1\n", "A=1\nB=2\n"),
        ("A=1\n", "import os\nA=1\n"),
        ("", "import os\n"),
        ("A=1\n", "A=123\nB"),
        ("A=1\n", "x = TOKEN\n"),
        ("A = 1\n", "TOKEN: 1\n"),
    ],
)
def test_changes_that_are_not_typing(before: str, after: str) -> None:
    assert typed(before, after) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A=1\n", "A=1\nB=2\n"),
        ("", "import os\n"),
        ("", "STRIPE = "),
        ("A=1\n", "x: 2\n"),
        ("A=1\nB", "A=1B"),
    ],
)
def test_changes_that_are_not_several_keystrokes(before: str, after: str) -> None:
    assert typed(before, after, several=True) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('k = os.environ[""]', 'k = os.environ["STRI|"]'),
        ('k = os.environ["STRI"]', 'k = os.environ["STRIPE_API|"]'),
        ('k = os.environ["STRIPE"]', 'k = os.environ["S|"]'),
        ('k = os.environ["STRUPE"]', 'k = os.environ["STRIP|"]'),
        ("A=1\n", "TOKEN|=1\n"),
    ],
)
@pytest.mark.parametrize("several", [False, True])
def test_a_name_that_grows_by_any_length_is_being_typed(before: str, after: str, several: bool) -> None:
    assert typed(before, after.replace("|", ""), several=several) == after.index("|")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import os\n\n", 'import os\nk = os.environ["STRI|"]\n'),
        ("k = \n", 'k = os.environ["STRI|"]\n'),
        ("", "STRI|"),
    ],
)
def test_clients_that_wait_for_a_pause_send_a_whole_line(before: str, after: str) -> None:
    assert typed(before, after.replace("|", ""), several=True) == after.index("|")


@pytest.mark.parametrize(
    "after",
    ["A|", "AB|=1\n", "x = 1\nos.environ[|]\n", 'os.environ["|"]', 'get("T|")', "A=|\n", "aaa|a"],
)
@pytest.mark.parametrize("removed", [False, True])
def test_the_cursor_is_after_the_typed_text(after: str, removed: bool) -> None:
    at = after.index("|")
    text = after.replace("|", "")
    pair = text[at - 1 : at + 1] in ("[]", '""')
    before = text[:at] + "x" + text[at:] if removed else text[: at - 1] + text[at + pair :]
    found = typed(before, text)
    assert found is not None
    assert text[:found].rstrip(text[at - 1]) == text[:at].rstrip(text[at - 1])


CODE = 'import os\nos.environ["{}"]\n'


def test_after_a_pause_only_the_name_under_the_cursor_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keystrokes, "_LONG", 0.3)
    fixture(f"-- app.py --\n{CODE.format('TOKEN')}-- .env --\nTOKEN=1\n").write(tmp_path)
    with client_of_thread() as client:
        client.initialize(tmp_path, status=True, cursor=True)
        app, env = client.open(tmp_path / "app.py"), uri_of(str(tmp_path / ".env"))
        client.diagnostics(app, lambda found: not found)
        client.change(app, CODE.format("TOKENX"), 2)
        client.diagnostics(env, lambda found: [each["code"] for each in found] == ["misspelt-variable"])
        rows = client.call("configvars/overview", {"folder": uri_of(str(tmp_path))})["rows"]
        assert [row["name"] for row in rows] == ["TOKEN"]
        told = [each["params"] for each in client.heard if "publishDiagnostics" in each.get("method", "")]
        assert not any(each["diagnostics"] for each in told if each["uri"] == app)
        place = {"line": 0, "character": 0}
        client.notify("configvars/didMoveCursor", {"textDocument": {"uri": app}, "position": place})
        client.diagnostics(app, lambda found: [each["code"] for each in found] == ["missing-variable"])
        assert client.exit() == 0


@pytest.mark.parametrize("up_to", ["A0=1\n", "A0=1\nA", "A0=1\nA1", "A0=1\nA1=1"])
def test_a_keystroke_in_a_long_env_file_looks_at_its_text_a_few_times(tmp_path: Path, up_to: str) -> None:
    it = opened(tmp_path, "-- .env --\n" + "".join(f"A{number}=1\n" for number in range(50)))
    path, asked = it.path(".env"), list[str]()
    project = replace(it.project, text_of=lambda path: asked.append(path) or it.project.text_of(path))
    keys = Keystrokes(lambda: None, is_told=lambda: True)
    keys.at = Typing(path, len(up_to), 1)
    assert keys.is_about_name(project)
    found = [Finding("x", Severity.HINT, "", path, each.span) for each in variables_in(project, path)]
    assert keys.settled(project, found, path) == (found[0], *found[2:])
    assert keys.unsettled(project) == {Variable("env", "A1")}
    assert len(asked) <= 5


def test_in_code_what_follows_a_name_is_not_about_it(tmp_path: Path) -> None:
    it = opened(tmp_path, f"-- app.py --\n{CODE.format('TOKEN')}")
    path = it.path("app.py")
    keys = Keystrokes(lambda: None, is_told=lambda: True)
    keys.at = Typing(path, len(CODE.format("TOKEN")) - 1, 1)
    assert not keys.is_about_name(it.project)
    assert keys.unsettled(it.project) == frozenset()
