"""What a read returns if the variable is set: to an empty string, or to any other."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from configvars.model import Access
from configvars.names.conditions import All, truth
from configvars.names.values import UNKNOWN, Known, Str, Value
from configvars.readers.absent_paths import ABSENT, Outcome, Path, known
from configvars.readers.base import Use
from configvars.readers.set_tests import gives_missing
from configvars.syntax.python import Node

_KEY_READS = ("app.config[]", "app.config.get")
EMPTY = Str("")
FILLED = Known("True")
"""Any string that is not empty: it is true, not `None`, and equal to no string of the code."""


def read_as(node: Node, use: Use, given: Value, path: Path) -> Iterator[Outcome]:
    """The outcomes of a read or test of a variable that is set to `given`."""
    if use.access is Access.TEST:
        is_negated = any(child.type == "not in" for child in node.children)
        is_plain = use.via is None and not gives_missing(node)
        yield path, known(not is_negated) if is_plain else UNKNOWN
        return
    for conditions in use.empty_fails_if if truth(given) is False else ():
        found = _where(conditions, path)
        if found is not None:
            yield replace(found, raised=ABSENT), UNKNOWN
            if not conditions:
                return
    yield path, given if returns_string(use) else UNKNOWN


def returns_string(use: Use) -> bool:
    """Whether a read returns the string of the variable unchanged."""
    if use.via is not None:
        return use.returns_empty
    return use.idiom.startswith("os.") or (use.scope == "flask" and use.idiom in _KEY_READS)


def is_returned(node: Node) -> bool:
    """Whether what is read at `node` is exactly what the function around it returns."""
    child, parent = node, node.parent
    while parent is not None and parent.type == "parenthesized_expression":
        child, parent = parent, parent.parent
    if parent is None:
        return False
    is_body = parent.type == "lambda" and parent.child_by_field_name("body") == child
    return is_body or parent.type == "return_statement"


def _where(conditions: All, path: Path) -> Path | None:
    found: Path | None = path
    for condition in conditions:
        found = found.where(condition) if found is not None else None
    return found
