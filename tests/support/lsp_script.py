"""Session scripts: what a client supports and sends, and below each step what it must receive.

    A title, and the reason for the test.

    can workspace.configuration              a capability of this client (`can PATH = JSON`; default: true)
    options {"trusted": true}                its initializationOptions
    -- app.py --                             a file of its folder
    ...
    -- session --
    > open app.py 1                          what the client does; a text has `|` before each line
    finds app.py: 2 missing-variable         what the editor shows then: line and check of each finding
    order app.py, other.py                   published since the last step, the first time in this order
    > ask hover app.py 2:13                  line 1-based, column 0-based
    contents.kind: "plaintext"               a field of the answer; `.` is the whole answer

Before the first step other than `answer`, the session is initialized, unless there is a step `initialize`.
`DIR` in JSON is the folder's URI, `PATH` its path. If an expected message does not arrive, the script fails.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from configvars.lsp.convert.uris import uri_of
from support.fixtures import fixture
from support.lsp_client import REFUSED, LspClient, Message

PUBLISHED = "textDocument/publishDiagnostics"
_EVENTS = {"created": 1, "changed": 2, "deleted": 3}
_SENT = {
    "open": "textDocument/didOpen",
    "change": "textDocument/didChange",
    "save": "textDocument/didSave",
    "close": "textDocument/didClose",
    "cancel": "window/workDoneProgress/cancel",
    "watch": "workspace/didChangeWatchedFiles",
}
_LANGUAGES = {".py": "python", ".html": "html", ".json": "json"}


@dataclass(frozen=True)
class Script:
    """One parsed script. `steps`: the command, its text, and the expected results of each step."""

    capabilities: Message
    options: Message
    files: str
    steps: tuple[tuple[str, str | None, tuple[str, ...]], ...]


def read_script(text: str) -> Script:
    head, _, session = text.partition("-- session --\n")
    start = head.find("\n-- ")
    says, files = (head, "") if start < 0 else (head[: start + 1], head[start + 1 :])
    capabilities: Message = {}
    options: Message = {}
    for line in says.splitlines():
        if line.startswith("can "):
            path, _, value = line[4:].partition(" = ")
            _put(capabilities, path.split("."), json.loads(value or "true"))
        elif line.startswith("options "):
            options = json.loads(line[8:])
    return Script(capabilities, options, files, tuple(_steps(session)))


def _put(tree: Message, keys: list[str], value: object) -> None:
    for key in keys[:-1]:
        tree = tree.setdefault(key, {})
    tree[keys[-1]] = value


def _steps(session: str) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    for step in ("\n" + session).split("\n> ")[1:]:
        said, *rest = step.splitlines()
        text = [line[2:] + "\n" for line in rest if line.startswith("|")]
        heard = [line for line in rest if line.strip() and not line.startswith(("|", "#"))]
        yield said, "".join(text) if text else None, tuple(heard)


def methods_in(script: Script) -> set[str]:
    """The methods and commands that the client of a script sends."""
    found = {"initialize", "initialized", "shutdown", "exit"}
    for said, _, _ in script.steps:
        verb, _, rest = said.partition(" ")
        name = rest.partition(" ")[0]
        if verb in _SENT:
            found.add(_SENT[verb])
        elif verb == "ask":
            found.add(f"textDocument/{name}")
        elif verb in ("request", "notify"):
            found.add(name)
        elif verb in ("begin", "command"):
            found |= {"workspace/executeCommand", name}
    return found


class Session:
    """A client that executes a script in the folder `root`."""

    def __init__(self, client: LspClient, script: Script, root: Path) -> None:
        self.client, self.script, self.root = client, script, root
        self.result: Any = None
        self.begun = self.begun_after = 0
        self.never: list[str] = []
        self.params: Message = {}
        client.otherwise = lambda params: REFUSED

    def play(self) -> None:
        fixture(self.script.files).write(self.root) if self.script.files else self.root.mkdir()
        begun = any(said.startswith("initialize") for said, _, _ in self.script.steps)
        for said, text, heard in self.script.steps:
            verb, _, rest = said.partition(" ")
            before = len(self.client.heard)
            if not begun and verb != "answer":
                self.do_initialize("")
                begun = True
            try:
                getattr(self, f"do_{verb}")(rest, text)
                for line in heard:
                    self._expect(line, before)
            except AssertionError as error:
                error.add_note(f"after the step: {said}")
                raise
        if self.client.process.poll() is None:
            assert self.client.exit() == 0
        said_so = [message.get("method") for message in self.client.heard]
        assert [method for method in self.never if method in said_so] == []

    # ---- steps

    def do_initialize(self, rest: str, text: str | None = None) -> None:
        given = {
            "processId": os.getpid(),
            "rootUri": self.uri(""),
            "workspaceFolders": [{"uri": self.uri(""), "name": "folder"}],
            "capabilities": self.script.capabilities,
            "initializationOptions": self.script.options,
        }
        self.result = self.client.call("initialize", {**given, **self._json(rest or "{}")})
        self.client.notify("initialized", {})

    def do_open(self, rest: str, text: str | None) -> None:
        name, version, *language = rest.split()
        text = (self.root / name).read_text() if text is None else text
        language_id = language[0] if language else _LANGUAGES.get(Path(name).suffix, "plaintext")
        item = {"uri": self.uri(name), "languageId": language_id, "version": int(version), "text": text}
        self.client.notify("textDocument/didOpen", {"textDocument": item})

    def do_change(self, rest: str, text: str | None) -> None:
        name, version = rest.split()
        self.client.change(self.uri(name), text or "", int(version))

    def do_save(self, rest: str, text: str | None) -> None:
        params: Message = {"textDocument": {"uri": self.uri(rest)}}
        self.client.notify("textDocument/didSave", params if text is None else {**params, "text": text})

    def do_close(self, rest: str, text: str | None) -> None:
        self.client.close(self.uri(rest))

    def do_write(self, rest: str, text: str | None) -> None:
        name, _, encoding = rest.partition(" as ")
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or "", encoding=encoding or "utf-8")

    def do_remove(self, rest: str, text: str | None) -> None:
        (self.root / rest).unlink()

    def do_delete(self, rest: str, text: str | None) -> None:
        (self.root / rest).unlink()

    def do_move(self, rest: str, text: str | None) -> None:
        before, after = rest.split()
        (self.root / before).rename(self.root / after)

    def do_watch(self, rest: str, text: str | None) -> None:
        """Report events of files: `created a.py deleted b.py`."""
        words = rest.split()
        changes = [
            {"uri": self.uri(name), "type": _EVENTS[event]}
            for event, name in zip(words[::2], words[1::2], strict=True)
        ]
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    def do_ask(self, rest: str, text: str | None) -> None:
        method, name, place, *more = rest.split(maxsplit=3)
        line, column = (int(number) for number in place.split(":"))
        at = {"line": line - 1, "character": column}
        params = {"position": at, "range": {"start": at, "end": at}, **self._json(more[0] if more else "{}")}
        self._call(f"textDocument/{method}", {"textDocument": {"uri": self.uri(name)}, **params})

    def do_command(self, rest: str, text: str | None) -> None:
        name, _, argument = rest.partition(" ")
        self._call("workspace/executeCommand", {"command": name, "arguments": [self._json(argument or "{}")]})

    def do_begin(self, rest: str, text: str | None) -> None:
        """Run a command without waiting for its answer; the step `end` waits for it."""
        name, _, argument = rest.partition(" ")
        params = {"command": name, "arguments": [self._json(argument or "{}")]}
        self.begun_after = len(self.client.heard)
        self.begun = self.client.request("workspace/executeCommand", params)

    def do_end(self, rest: str, text: str | None) -> None:
        self.result = self.client.response(self.begun)["result"]

    def do_cancel(self, rest: str, text: str | None) -> None:
        """Cancel the progress report that the server has started."""
        begun = self.client.notified(
            "$/progress", lambda params: params["value"]["kind"] == "begin", after=self.begun_after
        )
        self.client.notify("window/workDoneProgress/cancel", {"token": begun["token"]})

    def do_request(self, rest: str, text: str | None) -> None:
        method, _, params = rest.partition(" ")
        self._call(method, self._json(params or "null"))

    def _call(self, method: str, params: object) -> None:
        answer = self.client.response(self.client.request(method, params))
        self.result = answer["error"] if "error" in answer else answer["result"]

    def do_notify(self, rest: str, text: str | None) -> None:
        method, _, params = rest.partition(" ")
        self.client.notify(method, self._json(params or "{}"))

    def do_answer(self, rest: str, text: str | None) -> None:
        method, _, result = rest.partition(" ")
        self.client.answers[method] = lambda params: self._json(result)

    # ---- expected results

    def _expect(self, line: str, before: int) -> None:
        kind, _, rest = line.partition(" ")
        if kind == "finds":
            name, _, wanted = rest.partition(": ")
            self._shown(self.uri(name), wanted)
        elif kind == "never":
            self.never.append(rest)
        elif kind == "hears":
            method, _, part = rest.partition(" ")
            wanted_part = self._json(part or "{}")
            self.client.notified(method, lambda params: _holds(params, wanted_part), after=before)
        elif kind == "order":
            self._told_in_order([self.uri(name) for name in rest.split(", ")], before)
        elif kind == "version":
            name, _, wanted = rest.partition(": ")
            expected = [json.loads(wanted)]
            self.client.wait(lambda _: self._last_version(self.uri(name)) == expected)
        elif kind == "disk":
            name, _, wanted = rest.partition(": ")
            assert (self.root / name).read_text() == json.loads(wanted)
        else:
            field, _, wanted = line.partition(": ")
            found = _at(self.result, field)
            assert found == self._json(wanted), f"{field} is {json.dumps(found)}"

    def _shown(self, uri: str, wanted: str) -> None:
        """Wait until the editor shows these findings of a document."""

        def shown() -> str:
            if not (told := self._published(uri)):
                return "(not told)"
            return ", ".join(
                f"{found['range']['start']['line'] + 1} {found['code']}" for found in told[-1]["diagnostics"]
            )

        try:
            self.client.wait(lambda _: shown() == (wanted if wanted != "nothing" else ""))
        except AssertionError as error:
            raise AssertionError(f"shown is {shown() or 'nothing'}, not {wanted}") from error

    def _told_in_order(self, uris: list[str], before: int) -> None:
        """Wait until all of these documents have been published since a step, and compare the order."""

        def told() -> list[str]:
            since = [m["params"]["uri"] for m in self.client.heard[before:] if m.get("method") == PUBLISHED]
            return [uri for uri in dict.fromkeys(since) if uri in uris]

        self.client.wait(lambda _: len(told()) == len(uris))
        assert told() == uris

    def _last_version(self, uri: str) -> list[int | None]:
        """The version of the last published diagnostics; empty if there are none."""
        return [params.get("version") for params in self._published(uri)[-1:]]

    def _published(self, uri: str) -> list[Message]:
        told = (message["params"] for message in self.client.heard if message.get("method") == PUBLISHED)
        return [params for params in told if params["uri"] == uri]

    def uri(self, name: str) -> str:
        return name if name.startswith("cell:") else uri_of(os.path.normpath(self.root / name))

    def _json(self, text: str) -> Any:
        return json.loads(text.replace("DIR", self.uri("")).replace("PATH", str(self.root)))


def _at(value: Any, field: str) -> Any:
    for key in field.split(".") if field != "." else ():
        if isinstance(value, list):
            value = value[int(key)] if key.isdigit() else [_at(item, key) for item in value]
        else:
            value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _holds(found: Any, part: Any) -> bool:
    """Whether `found` contains everything in `part`; of a string, a substring is enough."""
    if isinstance(part, dict):
        return isinstance(found, dict) and all(_holds(found.get(key), value) for key, value in part.items())
    return part in found if isinstance(part, str) and isinstance(found, str) else bool(found == part)
