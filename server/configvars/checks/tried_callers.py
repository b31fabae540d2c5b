"""Whether code that raises is called, or its module imported, inside `try`: then the error may be handled."""

from __future__ import annotations

import os
from collections.abc import Iterator

from configvars.project import Project
from configvars.syntax.python import Node, PythonTree
from configvars.syntax.python_order import MODULE
from configvars.text import Span

_INNER = frozenset({"function_definition", "lambda"})
_IMPORTS = frozenset({"import_statement", "import_from_statement"})


def is_handled(project: Project, path: str, span: Span) -> bool:
    """Whether the code around a call, or around a call of its function, may handle the exception."""
    tree = project.tree_of(path)
    node = tree.root.descendant_for_byte_range(tree.byte(span.start), tree.byte(span.end))
    return (node is not None and is_tried(node)) or may_be_handled(project, path, span.start)


def may_be_handled(project: Project, path: str, offset: int) -> bool:
    """Whether a caller of the code at an offset may handle its errors, by the names of functions and modules."""
    waiting = [_called_as(project, path, offset)]
    seen = set(waiting)
    while waiting:
        name = waiting.pop()
        for file, tree in _files_with(project, name):
            for leaf in filter(_runs, tree.words(name)):
                if is_tried(leaf):
                    return True
                around = _called_as(project, file, tree.span(leaf).start)
                if around not in seen:
                    seen.add(around)
                    waiting.append(around)
    return False


def _called_as(project: Project, path: str, offset: int) -> str:
    """The name under which the code at an offset is called: of its function, its class, or its module."""
    body = project.code.order(path).where(offset).body
    if body != MODULE:
        return body.removesuffix(".__init__").rpartition(".")[2]
    folder, name = os.path.split(os.path.splitext(path)[0])
    return os.path.basename(folder) if name == "__init__" else name


def _files_with(project: Project, name: str) -> Iterator[tuple[str, PythonTree]]:
    for path in sorted(project.code.paths()):
        text = project.text_of(path)
        if text is not None and name in text:
            yield path, project.tree_of(path)


def _runs(leaf: Node) -> bool:
    """Whether a name is called, or imported as a module."""
    used = leaf.parent if leaf.parent is not None and leaf.parent.type == "attribute" else leaf
    if used.parent is not None and used.parent.type == "call":
        return used.parent.child_by_field_name("function") == used
    parent = leaf.parent
    while parent is not None and parent.type in ("dotted_name", "aliased_import", "relative_import"):
        parent = parent.parent
    return parent is not None and parent.type in _IMPORTS


def is_tried(leaf: Node) -> bool:
    """Whether a name stands in the body of a `try` statement of its function."""
    child, parent = leaf, leaf.parent
    while parent is not None and parent.type not in _INNER:
        if parent.type == "try_statement" and parent.child_by_field_name("body") == child:
            return True
        child, parent = parent, parent.parent
    return False
