"""Names for the statements of a Python file that stay the same when text elsewhere in the file changes.

An anchor is a path of statements from the module down, such as `Config/load/~9f3c1a20`: functions and classes
are identified by name, other statements by a checksum of their first line; equal ones in a block are
numbered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from zlib import crc32

from msgspec import Struct

from configvars.syntax.python import Node, PythonTree
from configvars.text import Mark, Span

DEFINITIONS = frozenset({"function_definition", "class_definition", "lambda"})
_COMPOUND = frozenset(
    {"decorated_definition", "function_definition", "class_definition", "if_statement", "elif_clause"}
    | {"else_clause", "for_statement", "while_statement", "try_statement", "except_clause", "with_statement"}
    | {"finally_clause", "match_statement", "case_clause", "except_group_clause", "ERROR"}
)
_LONGEST_LINE = 80


class _Statement(Struct, frozen=True):
    node: Node
    key: str


class _Block(Struct, frozen=True):
    """The statements of a block, in order, and their start offsets in bytes."""

    statements: tuple[_Statement, ...]
    starts: tuple[int, ...]


class Anchors:
    """The anchors of one tree, computed block by block on demand."""

    def __init__(self, path: str, tree: PythonTree) -> None:
        self._path = path
        self._tree = tree
        self._blocks: dict[int, _Block] = {}

    def mark(self, start: int, end: int) -> Mark:
        """The mark of the text from byte `start` to byte `end`."""
        anchor, base = "", 0
        for key, statement in self._around(start):
            anchor, base = f"{anchor}/{key}" if anchor else key, statement.start_byte
        first = self._tree.offset(base)
        return Mark(self._path, anchor, self._tree.offset(start) - first, self._tree.offset(end) - first)

    def definition(self, node: Node) -> Mark:
        """The mark that identifies a function, class or lambda."""
        return self.mark(node.start_byte, node.start_byte)

    def span(self, mark: Mark) -> Span | None:
        """The current span of a mark; None if its statement no longer exists."""
        statement = self._find(mark.anchor)
        if statement is None:
            return None
        first = self._tree.offset(statement.start_byte)
        return Span(first + mark.start, first + mark.end)

    def node(self, mark: Mark) -> Node | None:
        """The function, class or lambda with this mark; None if it no longer exists."""
        span = self.span(mark)
        if span is None:
            return None
        start = self._tree.byte(span.start)
        node: Node | None = self._tree.root.descendant_for_byte_range(start, start + 1)
        while node is not None and node.start_byte == start:
            if node.type in DEFINITIONS:
                return node
            node = node.parent
        return None

    def _around(self, byte: int) -> Iterator[tuple[str, Node]]:
        """The statements around a byte, outermost first."""
        block: Node | None = self._tree.root
        while block is not None:
            known = self._block(block)
            index = bisect_right(known.starts, byte) - 1
            if index < 0 or known.statements[index].node.end_byte < byte:
                return
            found = known.statements[index]
            yield found.key, found.node
            block = _block_at(found.node, byte)

    def _find(self, anchor: str) -> Node | None:
        found = self._tree.root
        for key in anchor.split("/") if anchor else ():
            blocks = [self._tree.root] if found == self._tree.root else _blocks_in(found)
            matching = (
                one.node for block in blocks for one in self._block(block).statements if one.key == key
            )
            statement = next(matching, None)
            if statement is None:
                return None
            found = statement
        return found

    def _block(self, block: Node) -> _Block:
        known = self._blocks.get(block.id)
        if known is None:
            statements = tuple(self._statements(block))
            known = _Block(statements, tuple(one.node.start_byte for one in statements))
            self._blocks[block.id] = known
        return known

    def _statements(self, block: Node) -> Iterator[_Statement]:
        seen: dict[str, int] = {}
        inside = f"{_place_in(block)}" if block.type == "block" else ""
        for node in block.named_children:
            if node.type == "comment":
                continue
            key = inside + self._key(node)
            seen[key] = seen.get(key, 0) + 1
            yield _Statement(node, key if seen[key] == 1 else f"{key}#{seen[key]}")

    def _key(self, statement: Node) -> str:
        inner = statement.child_by_field_name("definition") or statement
        if inner.type in ("function_definition", "class_definition"):
            name = inner.child_by_field_name("name")
            if name is not None:
                return self._tree.source(name)
        start = statement.start_byte
        line = self._tree.data[start : min(statement.end_byte, start + _LONGEST_LINE)].partition(b"\n")[0]
        return f"~{crc32(line):08x}"


def _place_in(block: Node) -> str:
    """The position of a block in its statement: empty for the first block."""
    parent = block.parent
    if parent is None or parent.type in ("function_definition", "class_definition"):
        return ""
    count = 0
    child, above = block, parent
    while above.type.endswith("_clause") and above.parent is not None:
        child, above = above, above.parent
    for sibling in above.named_children:
        if sibling == child:
            break
        count += sibling.type == "block" or sibling.type.endswith("_clause")
    return f"{count}:" if count else ""


def _block_at(statement: Node, byte: int) -> Node | None:
    """The block directly inside a statement that contains a byte."""
    node: Node | None = statement
    while node is not None and node.type in _COMPOUND:
        node = next((c for c in node.named_children if c.start_byte <= byte < c.end_byte), None)
        if node is not None and node.type == "block":
            return node
    return None


def _blocks_in(statement: Node) -> list[Node]:
    """The blocks directly inside a statement, in order."""
    found: list[Node] = []
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        for child in reversed(node.named_children):
            if child.type == "block":
                found.append(child)
            elif child.type in _COMPOUND:
                waiting.append(child)
    return found
