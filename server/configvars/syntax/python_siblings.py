"""The children of one node, listed once: tree-sitter goes through all of them for each question about one."""

from __future__ import annotations

from tree_sitter import Node

_MANY = 32  # children of one node; fewer are listed each time


class Siblings:
    """The children of one node, and the position of each among them."""

    def __init__(self, parent: Node) -> None:
        self.every = parent.children
        self.named = [child for child in self.every if child.is_named and child.type != "comment"]
        self._at = {child.id: index for index, child in enumerate(self.every)}
        self._named_at = {child.id: index for index, child in enumerate(self.named)}

    def at(self, child: Node) -> int:
        """The position of a child among all children."""
        return self._at[child.id]

    def place(self, child: Node) -> int:
        """The position of a child among those with a name, without comments."""
        return self._named_at[child.id]


def siblings(known: dict[int, Siblings], parent: Node) -> Siblings:
    """The children of a node; in `known` if they are many."""
    if parent.child_count < _MANY:
        return Siblings(parent)
    if parent.id not in known:
        known[parent.id] = Siblings(parent)
    return known[parent.id]
