"""What is computed from a string that is empty or filled: `x.strip()`, `len(x)`."""

from __future__ import annotations

from configvars.names.values import UNKNOWN, Value
from configvars.readers.absent_each import is_length
from configvars.readers.absent_given import EMPTY, FILLED
from configvars.readers.absent_paths import known
from configvars.syntax.python import Node, named

_KEEP_EMPTY = frozenset(
    {b"strip", b"lstrip", b"rstrip", b"lower", b"upper", b"casefold", b"title", b"capitalize", b"swapcase"}
)
"""The methods of strings that return an empty string for one, whatever their arguments."""


def called_on(function: Node | None) -> list[Node]:
    """What a call evaluates before its arguments: the string of such a method, or another attribute."""
    if function is None or function.type != "attribute":
        return []
    return named(function)[:1] if _keeps_empty(function) else [function]


def of_string(call: Node, of: Value) -> Value:
    """The result of `x.strip()` and `len(x)`; the string `of` is empty or filled.

    A filled string may be empty without its spaces.
    """
    if is_length(call):
        return known(of == FILLED) if of in (EMPTY, FILLED) else UNKNOWN
    function = call.child_by_field_name("function")
    is_kept = function is not None and function.type == "attribute" and _keeps_empty(function)
    return EMPTY if is_kept and of == EMPTY else UNKNOWN


def _keeps_empty(method: Node) -> bool:
    name = method.child_by_field_name("attribute")
    return name is not None and name.text in _KEEP_EMPTY
