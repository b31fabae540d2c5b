"""Control characters in names are escaped wherever names are shown."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types as t

from cli.conftest import Run
from cli.conftest import run as run
from configvars.cli.arguments import OUTPUT_FORMATS
from configvars.lsp.convert.uris import uri_of
from configvars.lsp.server import start
from configvars.lsp.stdio import Inbox, Writer
from configvars.printable import printable
from support.exercise import exercise
from support.lsp_client import LspClient

JSON = ("--output-format", "json")
TRICKS = "\x1b[31m\x1b]0;x\x07\u202e\u2066\u200b\x9b\r"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("a b-ż 日本 🦄", "a b-ż 日本 🦄"),
        ("a\tb", "a    b"),
        ("a\nb\rc", r"a\nb\rc"),
        ("\x1b[31m\x07\x00\x9b", r"\x1b[31m\x07\x00\x9b"),
        ("\u202e\u2066\u200b\ufeff\u2028\xa0", r"\u202e\u2066\u200b\ufeff\u2028\xa0"),
        ("\udcff\ue000", r"\udcff\ue000"),
        ("A\u3164B\u115f\u1160\uffa0\u2800\u034f", r"A\u3164B\u115f\u1160\uffa0\u2800\u034f"),
        ("A\ufe0f\ufe00\U000e0100", r"A\ufe0f\ufe00\U000e0100"),
        ("❤\ufe0f 한글 葛", "❤\ufe0f 한글 葛"),
        ("::error::x", r"\x3a:error::x"),
        (" \t::add-mask::x", r"     \x3a:add-mask::x"),
        ("##[error]", r"\x23#[error]"),
        ("a ##vso[task.setvariable]##teamcity[x]", r"a \x23#vso[task.setvariable]\x23#teamcity[x]"),
        ("a::b ## [x] ::1", "a::b ## [x] ::1"),
    ],
)
def test_characters_that_are_shown_or_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert shown.isprintable()


def test_of_several_lines() -> None:
    assert printable("a\n\x1bb\n::error::x\n", lines=True) == "a\n\\x1bb\n\\x3a:error::x\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which names of variables and files contain all special characters."""
    root = tmp_path / "project"
    root.mkdir()
    name = "A" + "".join(f"\\u{ord(char):04x}" for char in TRICKS)
    odd = "f" + TRICKS.replace("\r", "")
    if os.name == "nt":
        odd = "f\u202e\u200b"
    code = (
        f'import os\nos.environ["{name}"]; int(os.getenv("{name}")); os.getenv("B{TRICKS[:-1]}", {odd!r})\n'
    )
    flask = f'from flask import Flask\napp = Flask(__name__)\napp.config["{name}"] = 1\n'
    (root / f"{odd}.py").write_text(code + flask, "utf-8")
    (root / odd).mkdir()
    env = f"A={TRICKS[:-1]}\n{TRICKS[:-1]}=1\nA{TRICKS[:-1]}\nA=${{{TRICKS[:-1]}}}\nA B {TRICKS}\n"
    for file in (".env", ".env.example", f"{odd}/.env", f"{odd}/x{odd}.env"):
        (root / file).write_text(env, "utf-8", newline="")
    (root / "app.json").write_text(json.dumps({"env": {f"C{TRICKS}": {"description": TRICKS}}}))
    return root


@pytest.mark.parametrize("colour", ["NO_COLOR", "FORCE_COLOR"])
def test_no_command_prints_control_characters(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, colour: str
) -> None:
    monkeypatch.setenv(colour, "1")
    lines = [
        *(("check", "--fail-on", "hint", "--output-format", name) for name in OUTPUT_FORMATS),
        ("check", "--diff", "--verbose", "--statistics"),
        *((command, *more) for command in ("inventory", "diff") for more in ((), JSON)),
        *(("explain", f"A{TRICKS}", *more) for more in ((), JSON)),
        ("check", f"no{TRICKS}"),
        ("check", "--select", TRICKS),
        ("rule", TRICKS),
        (TRICKS,),
    ]
    for words in lines:
        ran = run(folder, *words)
        shown = ran.out + ran.err
        for code in ("1", "2", "1;31", "1;33", "1;34", "1;36", "0") if colour == "FORCE_COLOR" else ():
            shown = shown.replace(f"\x1b[{code}m", "")
        assert not [line for line in shown.split("\n") if not line.isprintable()], words


COMMANDS = ("::error::x", "::stop-commands::x", "##[error]x", "##vso[task.setvariable variable=A]x")
EXECUTED = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)


def test_no_command_prints_what_a_ci_service_executes(run: Run, tmp_path: Path) -> None:
    code = "".join(f"os.environ[{name!r}]; int(os.getenv({name + 'B'!r}))\n" for name in COMMANDS)
    (tmp_path / "app.py").write_text(f"import os\n{code}")
    for name in COMMANDS if os.name != "nt" else COMMANDS[2:]:
        (tmp_path / f"{name}.py").write_text("import os\nos.environ['A']\n")
        (tmp_path / f"{name}.env").write_text("A=1\nA=2\nX Y\n")
    (tmp_path / ".env").write_text("".join(f"{name}=1\n{name}=2\n" for name in COMMANDS))
    (tmp_path / "app.json").write_text(json.dumps({"env": dict.fromkeys(COMMANDS, "1")}))
    lines = [
        *(
            ("check", "--fail-on", "hint", "--output-format", name)
            for name in ("text", "concise", "markdown")
        ),
        ("check", "--verbose", "--diff"),
        ("inventory",),
        ("diff",),
        *(("explain", name) for name in (*COMMANDS, "A\n::error::x", "A\u2028##[error]x")),
        ("template", "--diff"),
    ]
    for words in lines:
        ran = run(tmp_path, *words)
        assert not EXECUTED.findall(ran.out + ran.err), words


def test_a_name_in_an_explanation_stays_on_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text('import os\nos.environ["A\\nB\\u2028C"]\n')
    assert run(tmp_path, "explain", "A\nB\u2028C").out.split("\n")[0] == r"A\nB\u2028C"


# Content that must be exact, because it is written to files, run as a command, or a position.
EXACT = {"newText", "textEditText", "uri", "targetUri", "data", "arguments", "rootUri", "folder"}


def strings(message: object) -> Iterator[str]:
    """The strings of a message that an editor shows."""
    if isinstance(message, str):
        yield message
    elif isinstance(message, dict):
        skipped = {*EXACT, "name"} if "places" in message else EXACT  # a row of the overview
        for key, value in message.items():
            if key not in skipped:
                yield from strings(value)
    elif isinstance(message, list):
        for value in message:
            yield from strings(value)


def test_messages_of_the_server_are_escaped() -> None:
    stdout = io.BytesIO()

    async def session() -> None:
        async with start(Inbox()) as server:
            server.protocol.set_writer(Writer(stdout))
            server.say_once(TRICKS, t.MessageType.Warning)
            server.log_once(f"log {TRICKS}")

    asyncio.run(session())
    sent = [
        json.loads(part.partition(b"\r\n\r\n")[2]) for part in stdout.getvalue().split(b"Content-Length")[1:]
    ]
    messages = [each["params"]["message"] for each in sent if "message" in each.get("params", {})]
    assert messages == [printable(TRICKS), printable(f"log {TRICKS}")]


@pytest.mark.e2e
def test_no_editor_gets_control_characters(folder: Path) -> None:
    with LspClient() as client:
        settings = {"inlayHints": True}
        client.answers["workspace/configuration"] = lambda params: [settings for _ in params["items"]]
        client.initialize(folder, trusted=True, status=True)
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            exercise(client, client.open(path), path.read_bytes().decode())
        client.call("workspace/symbol", {"query": ""})
        told = {"folder": uri_of(str(folder)), "uri": uri_of(str(folder / ".env")), "name": f"A{TRICKS}"}
        client.call("configvars/overview", told)
        client.command("configvars.explain", told)
        assert client.exit() == 0
        shown = [text for message in client.heard for text in strings(message)]
        assert not [text for text in shown if not text.replace("\n", "").isprintable()]
        assert client.stderr.replace("\n", "").isprintable()
