"""Deeply nested trees, and broken text whose nodes are all children of one.

tree-sitter finds a node's parent from the root downwards, so that each step up in a deep tree costs as much
as all steps together. It tries the children one by one; only those of an ERROR are not divided into groups.
The nodes of such trees are wrapped in objects that know their parents.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Generator
from typing import cast

from tree_sitter import Node

from configvars.limits import NESTING

# Deeper than any of 8,655 public files; up to this depth, the way from the root is short.
_DEEP = 60
_WIDE = 100  # children; up to this number, trying one after the other is fast
_STEP = 2000  # nodes, which take some milliseconds


def with_parents(root: Node) -> Generator[None, None, Node]:
    """The root of a tree whose nodes all find their parents in constant time; in slices."""
    is_deep, is_wide = yield from _shape(root)
    if not (is_deep or is_wide):
        return root
    nodes = _Nodes(root, is_wide=is_wide)
    if is_wide:
        yield from nodes.wrapping()
    return cast("Node", nodes.root)


def too_deep(root: object) -> list[tuple[int, int]]:
    """The parts of a tree, in bytes and in order, that are nested too deeply to be followed."""
    found: list[tuple[int, int]] = []
    waiting: list[_Node] = [root] if isinstance(root, _Node) else []
    while waiting:
        node = waiting.pop()
        if node.depth >= NESTING.most:
            found.append((node.start_byte, node.end_byte))
        elif node.raw.descendant_count > NESTING.most - node.depth:
            waiting += node.children
    return sorted(found)


def is_too_deep(node: Node) -> bool:
    """Whether a node is nested too deeply to be followed."""
    return isinstance(node, _Node) and node.depth >= NESTING.most


def scope_of_deep(node: object, is_scope_of: Callable[[Node, Node], bool]) -> Node | None:
    """The nearest ancestor that is the scope of the node below it, otherwise the root; cached.

    None for a node of a tree that is not deep, where searching again is fast.
    """
    passed: list[_Node] = []
    while isinstance(node, _Node) and node.scope is None:
        passed.append(node)
        if node.parent is None:
            node.scope = node
        elif is_scope_of(cast("Node", node.parent), cast("Node", node)):
            node.scope = node.parent
        else:
            node = node.parent
    if not isinstance(node, _Node):
        return None
    for each in passed:
        each.scope = node.scope
    return cast("Node", node.scope)


def _shape(root: Node) -> Generator[None, None, tuple[bool, bool]]:
    """Whether a tree is deep, and whether a node has very many children."""
    waiting, count, is_deep = [(root, 0)], 0, False
    while waiting:
        count += 1
        if count % _STEP == 0:
            yield
        node, depth = waiting.pop()
        if node.is_error and node.child_count > _WIDE:
            return is_deep, True
        if depth > _DEEP:
            is_deep = True
        # Each level has a token next to the node below it.
        if node.descendant_count > (_WIDE if is_deep else min(_WIDE, 2 * (_DEEP - depth))):
            waiting += [(child, depth + 1) for child in node.children]
    return is_deep, False


class _Nodes:
    """The nodes of one tree, one object each."""

    def __init__(self, root: Node, *, is_wide: bool) -> None:
        self.is_wide = is_wide
        self._known: dict[int, _Node] = {}
        self.root = self.below(None, root)

    def below(self, parent: _Node | None, raw: Node) -> _Node:
        known = self._known.get(raw.id)
        if known is None:
            known = self._known[raw.id] = _Node(raw, parent, self)
        return known

    def wrapping(self) -> Generator[None, None, None]:
        """Wrap the children of large nodes now, in slices, instead of all at the first question."""
        waiting, count = [self.root], 0
        while waiting:
            node, children = waiting.pop(), list[_Node]()
            for raw in node.raw.children:
                children.append(node.below(raw))
                count += 1
                if count % _STEP == 0:
                    yield
            node.take(children)
            waiting += [child for child in children if child.raw.descendant_count > _WIDE]

    def found(self, raw: Node) -> _Node:
        """A node found by its position, linked to the known nodes above it."""
        fresh: list[Node] = []
        above: Node | None = raw
        while above is not None and above.id not in self._known:
            fresh.append(above)
            above = above.parent
        node = self.root if above is None else self._known[above.id]
        while fresh:
            node = self.below(node, fresh.pop())
        return node


class _Node:
    """The parts of `tree_sitter.Node` that are used, and `scope`, which caches `scope_of_deep`."""

    __slots__ = (
        "_children",
        "_fields",
        "_named",
        "_nodes",
        "_order",
        "depth",
        "end_byte",
        "id",
        "parent",
        "raw",
        "scope",
        "start_byte",
        "type",
    )

    def __init__(self, raw: Node, parent: _Node | None, nodes: _Nodes) -> None:
        self.raw = raw
        self.parent = parent
        self.scope: _Node | None = None
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.id, self.type = raw.id, raw.type
        self.start_byte, self.end_byte = raw.start_byte, raw.end_byte
        self._nodes = nodes
        self._fields: dict[str, _Node | None] = {}
        self._children: list[_Node] | None = None
        self._named: list[_Node] | None = None
        self._order: dict[int, int] | None = None

    def below(self, raw: Node) -> _Node:
        """The wrapped node for a node below this one."""
        return self._nodes.below(self, raw)

    def take(self, children: list[_Node]) -> None:
        """Store the children, which are already wrapped."""
        self._children = children

    # The following names have the same meaning as in `tree_sitter.Node`.
    @property
    def children(self) -> list[_Node]:
        if self._children is None:
            self._children = [self.below(raw) for raw in self.raw.children]
        return self._children

    @property
    def named_children(self) -> list[_Node]:
        if self._named is None:
            self._named = [self.below(raw) for raw in self.raw.named_children]
        return self._named

    def child_by_field_name(self, name: str) -> _Node | None:
        if name not in self._fields:
            raw = self.raw.child_by_field_name(name)
            self._fields[name] = None if raw is None else self.below(raw)
        return self._fields[name]

    def children_by_field_name(self, name: str) -> list[_Node]:
        return [self.below(raw) for raw in self.raw.children_by_field_name(name)]

    def descendant_for_byte_range(self, start: int, end: int) -> _Node | None:
        if self._nodes.is_wide:
            node = self
            while (child := node._child_around(start, end)) is not None:
                node = child
            return node
        raw = self.raw.descendant_for_byte_range(start, end)
        return None if raw is None else self._nodes.found(raw)

    @property
    def next_named_sibling(self) -> _Node | None:
        return self._beside(1)

    @property
    def prev_named_sibling(self) -> _Node | None:
        return self._beside(-1)

    def _child_around(self, start: int, end: int) -> _Node | None:
        """The first child that contains these bytes, as tree-sitter looks for it."""
        children = self.children
        number = bisect_left(children, max(end, start + 1), key=_end)
        return children[number] if number < len(children) and children[number].start_byte <= start else None

    def _beside(self, step: int) -> _Node | None:
        if self.parent is None:
            return None
        if self.parent.raw.child_count > _WIDE and (number := self.parent._place(self)) is not None:  # noqa: SLF001
            siblings, wanted = self.parent.named_children, number + step
            return siblings[wanted] if 0 <= wanted < len(siblings) else None
        raw = self.raw.next_named_sibling if step > 0 else self.raw.prev_named_sibling
        return None if raw is None else self.parent.below(raw)

    def _place(self, child: _Node) -> int | None:
        """The number of a named child; None for other children."""
        if self._order is None:
            self._order = {each.id: number for number, each in enumerate(self.named_children)}
        return self._order.get(child.id)

    def __getattr__(self, name: str) -> object:
        return getattr(self.raw, name)  # attributes that concern only the node itself


def _end(node: _Node) -> int:
    return node.end_byte
