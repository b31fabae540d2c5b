"""A real `git checkout` of 2,000 files, which the editor reports in any order, twice, and late."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest

from configvars.lsp.convert.uris import uri_of
from configvars.slices import finish
from configvars.text import LineIndex
from configvars.workspace import Workspace
from support.git import commit, git
from support.lsp_client import LspClient, Message
from support.lsp_in_process import client_of_thread

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

FILES = 2000
PUBLISHED = "textDocument/publishDiagnostics"
_CREATED, _CHANGED, _DELETED = 1, 2, 3


def written(folder: Path, branch: str) -> None:
    """Write the files of a branch: a third only in one of them, and a name that another file defines."""
    for number in range(FILES):
        path = folder / f"pkg{number % 20}" / f"m{number}.py"
        path.parent.mkdir(exist_ok=True)
        own = f'os.environ["{branch}_{number % 50}"]' if number % 2 else "os.environ[names.TOKEN]"
        path.write_text(f"import os\nimport names\n{own}\n")
        if number % 3 == 0 and branch == "TWO":
            path.unlink()
    (folder / "names.py").write_text(f'TOKEN = "{branch}_TOKEN"\n')
    (folder / ".env.example").write_text(f"{branch}_1=\n{branch}_TOKEN=\n")
    (folder / ".env").write_text("ONE_3=1\nTWO_5=1\nTWO_TOKEN=1\n")
    (folder / ".gitignore").write_text(".env\n")


def repository(folder: Path) -> None:
    folder.mkdir()
    git(folder, "init", "-q")
    for branch in ("ONE", "TWO"):
        git(folder, "checkout", "-q", "-b", branch)
        written(folder, branch)
        commit(folder, "-A")


def checked_out(folder: Path, branch: str) -> list[Message]:
    """Check out a branch; returns the events of all files that differ."""
    lines = git(folder, "diff", "--name-status", "--no-renames", f"HEAD..{branch}").splitlines()
    git(folder, "checkout", "-q", branch)
    kinds = {"A": _CREATED, "M": _CHANGED, "D": _DELETED}
    return [
        {"uri": uri_of(str(folder / name)), "type": kinds[kind]}
        for kind, _, name in (line.partition("\t") for line in lines)
    ]


class Editor:
    """What an editor shows: the last findings of each document."""

    def __init__(self, client: LspClient) -> None:
        self._client = client
        self._seen = 0
        self._shown: dict[str, list[str]] = {}

    def wait_until_shown(self, wanted: dict[str, list[str]]) -> None:
        """Wait as long as the server sends messages."""
        self._look()
        while self._shown != wanted:
            self._client.wait(lambda _: True, after=self._seen)
            self._look()

    def _look(self) -> None:
        for message in self._client.heard[self._seen :]:
            self._seen += 1
            if message.get("method") != PUBLISHED:
                continue
            uri, found = message["params"]["uri"], message["params"]["diagnostics"]
            self._shown.pop(uri, None)
            if found:
                self._shown[uri] = sorted(
                    f"{each['range']['start']['line']} {each['code']} {each['message']}" for each in found
                )


def read_from_scratch(folder: Path) -> dict[str, list[str]]:
    """The findings of a new analysis, by URI."""
    workspace = Workspace(str(folder))
    finish(workspace.load())
    found: dict[str, list[str]] = {}
    for path in workspace.project().index.files:
        lines = LineIndex(workspace.text_of(path) or "")
        found[uri_of(path)] = sorted(
            f"{lines.position(each.span.start).line} {each.check} {each.message}"
            for each in workspace.findings(path)
        )
    return {uri: each for uri, each in found.items() if each}


def in_messages(events: list[Message], chance: random.Random) -> list[list[Message]]:
    """The events in any order, every fifth twice, in messages of any length."""
    told = [*events, *chance.sample(events, len(events) // 5)]
    chance.shuffle(told)
    cuts = sorted({0, len(told), *chance.sample(range(len(told)), 30)})
    return [told[start:end] for start, end in pairwise(cuts)]


def test_events_of_a_checkout_in_any_order(tmp_path: Path) -> None:
    folder, chance = tmp_path / "folder", random.Random(1)
    repository(folder)
    with client_of_thread() as client:
        editor = Editor(client)
        client.initialize(folder)
        uri = client.open(folder / "pkg1" / "m1.py")
        for branch in ("ONE", "TWO"):
            first, *others = in_messages(checked_out(folder, branch), chance)
            text = (folder / "pkg1" / "m1.py").read_text()
            for events in (first, *others[::2]):
                notify(client, events)
            client.change(uri, text, len(client.heard) + 2)
            # A request about an open document is answered before the findings of all files are.
            before = len(client.heard)
            assert f"{branch}_1" in str(client.at("hover", uri, 2, 14))
            told = [message for message in client.heard[before:] if message.get("method") == PUBLISHED]
            assert len(told) < FILES // 2
            for events in others[1::2]:
                notify(client, events)
            wanted = read_from_scratch(folder)
            editor.wait_until_shown(wanted)
            notify(client, chance.sample(first, len(first)))
            client.at("hover", uri, 2, 14)
            editor.wait_until_shown(wanted)


def notify(client: LspClient, events: list[Message]) -> None:
    client.notify("workspace/didChangeWatchedFiles", {"changes": events})
