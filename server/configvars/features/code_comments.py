"""The comments above the assignments in Python code that read or set a variable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from configvars.limits import COMMENT_LINES
from configvars.project import Project
from configvars.syntax.env_comments import after_rules, is_fit_to_show, is_title
from configvars.syntax.python import Node, PythonTree
from configvars.text import Place

_OF_TOOLS = ("noqa", "type:", "pylint:", "pragma:", "ruff:", "fmt:", "isort:", "mypy:", "pyright:", "nosec")


def code_comments(project: Project, places: Iterable[Place]) -> Iterator[tuple[str, Place]]:
    """The comments above the assignments in which these places are, each with its place.

    An assignment that reads several variables describes none of them.
    """
    for place in places:
        facts = project.index.files[place.path]
        if facts.kind != "python":
            continue
        tree = project.tree_of(place.path)
        statement = _assignment(tree, place)
        if statement is None:
            continue
        whole = tree.span(statement)
        read = {each.variable for each in facts.references if whole.start <= each.span.start < whole.end}
        if len(read) <= 1 and (comment := _above(tree, statement)):
            yield comment, place


def _assignment(tree: PythonTree, place: Place) -> Node | None:
    """The statement around a place, if it is an assignment or a field with only its type."""
    node = tree.root.descendant_for_byte_range(tree.byte(place.span.start), tree.byte(place.span.end))
    while node is not None and node.type not in ("expression_statement", "block", "module"):
        node = node.parent
    if node is None or node.type != "expression_statement":
        return None
    return node if any(child.type == "assignment" for child in node.children) else None


def _above(tree: PythonTree, statement: Node) -> str:
    """The comment right above a statement; empty if it is a heading of the file or of a section."""
    lines = list(reversed(list(islice(_comment_lines(tree, statement), COMMENT_LINES.most))))
    if len(lines) > statement.start_point[0] - 1:
        return ""  # the comment begins the file
    described = lines[after_rules(lines) :]
    shown = [line for line in described if is_fit_to_show(line) and not _is_for_a_tool(line)]
    comment = "\n".join(line.strip("# \t") for line in shown)
    after = statement.next_named_sibling
    is_of_several = after is not None and after.start_point[0] == statement.end_point[0] + 1
    return "" if is_of_several and is_title(comment) else comment


def _comment_lines(tree: PythonTree, statement: Node) -> Iterator[str]:
    """The lines above a statement that contain only a comment, the nearest first."""
    end = tree.text.rfind("\n", 0, tree.offset(statement.start_byte))
    while end > 0:
        start = tree.text.rfind("\n", 0, end) + 1
        line = tree.text[start:end].strip()
        at = tree.byte(start + tree.text[start:end].find("#"))
        leaf = tree.root.descendant_for_byte_range(at, at) if line.startswith("#") else None
        if leaf is None or leaf.type != "comment":  # also a line of a string can start with #
            return
        yield line
        end = start - 1


def _is_for_a_tool(line: str) -> bool:
    return line.lstrip("# \t").lower().startswith(_OF_TOOLS)
