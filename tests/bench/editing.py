"""A document in an editor that is opened and edited at its top, in its middle and at its end."""

from __future__ import annotations

import time
from pathlib import Path

import tree_sitter_python
from tree_sitter import Language, Node, Parser

from bench.driver import Driver, Message

TYPED = 'import os as bench_os; int(bench_os.getenv("BENCH_"))\n'
"""The statement that is typed. Each keystroke changes the name of a variable that is not set anywhere."""

_QUOTE = '"))'


def places(text: str) -> dict[str, int]:
    """The 0-based lines before which a statement can be inserted: the end, the middle and the top."""
    module = Parser(Language(tree_sitter_python.language())).parse(text.encode()).root_node
    starts = [node.start_point.row for node in module.named_children if not _must_be_first(node)]
    lines = text.count("\n")
    return {"end": lines, "middle": min(starts, key=lambda line: abs(line - lines // 2)), "top": starts[0]}


def _must_be_first(node: Node) -> bool:
    """Whether nothing may be inserted before it: a comment, a docstring or a `from __future__` import."""
    if node.type == "expression_statement":
        return [child.type for child in node.children] == ["string"]
    return node.type in ("comment", "future_import_statement")


class Document:
    """One open document. `name` is the variable that was typed last."""

    def __init__(self, driver: Driver, file: Path) -> None:
        self._driver = driver
        self._uri = file.resolve().as_uri()
        self._version = 1
        self._lines = [f"{line}\n" for line in file.read_text("utf-8").rstrip("\n").split("\n")]
        self.name = ""

    @property
    def text(self) -> str:
        return "".join(self._lines)

    def open(self, line: int) -> None:
        """Open the file as if a statement had been typed before `line`."""
        self.name = "BENCH_"
        self._lines.insert(line, TYPED)
        item = {"uri": self._uri, "languageId": "python", "version": self._version, "text": self.text}
        self._driver.notify("textDocument/didOpen", {"textDocument": item})

    def insert(self, line: int) -> None:
        """Insert the statement before `line`."""
        self.name = "BENCH_"
        self._lines.insert(line, TYPED)
        self._change((line, 0), (line, 0), TYPED)

    def key(self, line: int) -> None:
        """Type one letter of the variable's name in the statement at `line`."""
        column = self._lines[line].index(_QUOTE)
        self._lines[line] = self._lines[line].replace(_QUOTE, "A" + _QUOTE)
        self.name += "A"
        self._change((line, column), (line, column), "A")

    def remove(self, line: int) -> None:
        """Delete the statement."""
        self._lines.pop(line)
        self._change((line, 0), (line + 1, 0), "")

    def _change(self, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        self._version += 1
        change: Message = {"text": self.text}
        if self._driver.incremental:
            change = {"range": {"start": _position(start), "end": _position(end)}, "text": text}
        document = {"uri": self._uri, "version": self._version}
        self._driver.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def is_told(self, message: Message, *, with_name: bool) -> bool:
        """Whether a message has the diagnostics of this version, with the typed name if it is expected."""
        if message.get("method") != "textDocument/publishDiagnostics":
            return False
        params = message["params"]
        if params["uri"] != self._uri:
            return False
        if params.get("version") not in (None, self._version):
            return False
        return not with_name or any(
            f"{self.name} " in f"{found['message']} " for found in params["diagnostics"]
        )

    def ask(self, turn: int) -> float:
        """Send one of the requests that editors send by themselves, in turn.

        Return the seconds until the answer.
        """
        start = time.perf_counter()
        document = {"uri": self._uri}
        first = {"line": 0, "character": 0}
        if turn % 2:
            whole = {"start": first, "end": first}
            context: Message = {"diagnostics": []}
            asked = {"textDocument": document, "range": whole, "context": context}
            self._driver.call("textDocument/codeAction", asked)
        else:
            self._driver.call("textDocument/hover", {"textDocument": document, "position": first})
        return time.perf_counter() - start


def _position(place: tuple[int, int]) -> Message:
    return {"line": place[0], "character": place[1]}
