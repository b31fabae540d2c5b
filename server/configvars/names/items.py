"""Items of displays and of external values: `names[0]`, `names["x"]`, `vars(os)["environ"]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.names import classes
from configvars.names.known_calls import DICT
from configvars.names.values import (
    UNKNOWN,
    Class,
    External,
    Known,
    Mapping,
    Sequence,
    Str,
    Value,
    alternatives,
    one_of,
    step,
)
from configvars.syntax.python import Node

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator


def negative(evaluator: Evaluator, node: Node) -> Value:
    """The value of a negative number such as `-1`; unknown for any other unary expression."""
    argument = node.child_by_field_name("argument")
    is_number = argument is not None and argument.type == "integer" and (node.text or b"").startswith(b"-")
    return Known((node.text or b"").decode()) if is_number else UNKNOWN


def subscript(evaluator: Evaluator, node: Node) -> Value:
    """The value of `of[key]` in the code: an item of a tuple, list or dict, or of an external value.

    In a class statement, `Base[int]` is the class `Base`.
    """
    of = evaluator.value(node.child_by_field_name("value"))
    if isinstance(of, Class) and _is_base(node):
        return of
    key = evaluator.value(node.child_by_field_name("subscript"))
    return one_of([_item_of(evaluator, value, key) for value in alternatives(of)])


def _is_base(node: Node) -> bool:
    above = node.parent.parent if node.parent is not None and node.parent.type == "argument_list" else None
    return above is not None and above.type == "class_definition"


def _item_of(evaluator: Evaluator, of: Value, key: Value) -> Value:
    is_namespace = isinstance(of, External) and of.path.endswith(DICT)
    if is_namespace and isinstance(of, External) and of.of is not None and isinstance(key, Str):
        return classes.member(evaluator, of.of, key.text)
    return item(of, key)


def item(of: Value, key: Value) -> Value:
    """The value of `of[key]`, for a known `of` and `key`."""
    match of:
        case Mapping():
            found = [value for name, value in of.items if _same(name, key)]
            return found[-1] if found else UNKNOWN
        case Sequence() if isinstance(key, Known) and (index := key.count) is not None:
            return of.items[index] if -len(of.items) <= index < len(of.items) else UNKNOWN
        case External():
            return step(of, "[]")
        case _:
            return UNKNOWN


def _same(name: Value, key: Value) -> bool:
    if isinstance(name, Str) and isinstance(key, Str):
        return name.text == key.text
    return name == key and isinstance(key, Known)
