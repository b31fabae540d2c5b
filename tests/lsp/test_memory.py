"""Editing takes no more memory the longer it lasts: nothing old stays or waits for the garbage collector."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from support.fixtures import fixture
from support.lsp_client import LspClient
from support.lsp_in_process import client_of_thread

FOLDER = """\
-- app.py --
import os
from config import Config
os.environ["A"]
-- config.py --
import os
class Config:
    B = os.environ.get("B")
-- web.py --
import os
from flask import Flask
app = Flask(__name__)
app.config["DATABASE"] = "shop.db"
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
-- Procfile --
web: gunicorn web:app
-- app.json --
{"env": {"A": "x"}}
-- .env.example --
A=
Z=
-- .env --
A=1
B=${A}
"""
ADDED = ("", "os.environ['C']\n", "os.getenv('A', 'x')\n", "x = (\n", "import config\n", "D='\n", "E=${A}\n")
REQUESTS = ("hover", "completion", "codeAction", "codeLens", "documentSymbol", "rename", "hover")
EDITS = 120
A_FEW = 90
"""Objects and blocks of memory: caches change by some 60 in all; an edit leaves none."""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[LspClient]:
    fixture(FOLDER).write(tmp_path)
    with client_of_thread() as client:
        client.initialize(tmp_path)
        yield client
        client.exit()


@pytest.fixture
def texts(client: LspClient, tmp_path: Path) -> Mapping[str, str]:
    """The texts of the open documents, by URI."""
    names = ("app.py", "config.py", "web.py", ".env.example", ".env")
    return {client.open(tmp_path / name): (tmp_path / name).read_text() for name in names}


def edit(client: LspClient, texts: Mapping[str, str], first: int) -> None:
    """Make edits, each followed by a request; the last edit of each document restores its text."""
    uris = list(texts)
    for number in range(EDITS):
        uri = uris[number % len(uris)]
        added = ADDED[number % len(ADDED)] if number < EDITS - len(uris) else ""
        client.change(uri, texts[uri] + added, first + number)
        _ask(client, uri, REQUESTS[number % len(REQUESTS)])
    client.call("workspace/symbol", {"query": ""})
    del client.heard[:]
    client.raw = b""


def _ask(client: LspClient, uri: str, request: str) -> None:
    start, end = {"line": 0, "character": 0}, {"line": 9, "character": 0}
    params = {
        "textDocument": {"uri": uri},
        "position": start,
        "range": {"start": start, "end": end},
        "context": {"diagnostics": [], "triggerKind": 1},
        "newName": "OTHER",
    }
    client.response(client.request(f"textDocument/{request}", params))


@contextmanager
def nothing_collected() -> Iterator[None]:
    """The garbage collector does not run, and keeps what it would remove."""
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        yield
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


@pytest.mark.slow
def test_an_edit_leaves_nothing_for_the_garbage_collector(
    client: LspClient, texts: Mapping[str, str]
) -> None:
    edit(client, texts, 2)
    with nothing_collected():
        edit(client, texts, 2 + EDITS)
        gc.collect()
        assert Counter(name for each in gc.garbage if (name := own_type(each))) == {}


@pytest.mark.slow
def test_nothing_old_stays(client: LspClient, texts: Mapping[str, str]) -> None:
    kept: list[tuple[int, int]] = []
    for first in range(2, 2 + 5 * EDITS, EDITS):
        edit(client, texts, first)
        gc.collect()
        kept.append((sum(1 for each in gc.get_objects() if own_type(each)), sys.getallocatedblocks()))
    (_, *objects), (_, *blocks) = zip(*kept, strict=True)
    assert min(later - earlier for earlier, later in pairwise(objects)) < A_FEW
    assert min(later - earlier for earlier, later in pairwise(blocks)) < A_FEW


def own_type(each: object) -> str:
    """The name of an object's type, if it is one of configvars; otherwise empty."""
    kind = type(each)
    return f"{kind.__module__}.{kind.__qualname__}" if kind.__module__.startswith("configvars") else ""
