"""Suppression comments in Python: `# configvars: ignore[name, …]` at the end of a line."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Suppression
from configvars.patterns import lazy_pattern
from configvars.syntax.python import PythonTree
from configvars.text import LineIndex

_MARK = b"configvars:"
_IGNORE = lazy_pattern(r"#\s*configvars:\s*ignore(?:\s*\[([^\]]*)\]|\s*(?:#|$))")


def suppressions(tree: PythonTree) -> Iterator[Suppression]:
    """The suppressions of a file, by line; a comment without names applies to all checks."""
    start = tree.data.find(_MARK)
    lines = LineIndex(tree.text) if start >= 0 else None
    while start >= 0 and lines is not None:
        leaf = tree.root.descendant_for_byte_range(start, start + len(_MARK))
        found = _IGNORE.search(tree.source(leaf)) if leaf is not None and leaf.type == "comment" else None
        if leaf is not None and found is not None:
            names = frozenset(name.strip() for name in (found[1] or "").split(",") if name.strip())
            yield Suppression(lines.position(tree.offset(leaf.start_byte)).line, names)
        start = tree.data.find(_MARK, start + len(_MARK))
