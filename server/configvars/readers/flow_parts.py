"""Parts of a flow: the kinds of values, and what the syntax around a use shows."""

from __future__ import annotations

from configvars.flow_model import NO, YES, Default, Kind
from configvars.names import classes
from configvars.names.evaluate import Evaluator
from configvars.names.scopes import FUNCTIONS, scope_of
from configvars.names.values import (
    UNKNOWN,
    External,
    Known,
    Mapping,
    Nothing,
    Sequence,
    Str,
    Value,
    alternatives,
)
from configvars.syntax.python import Node, named

_CONDITIONS = frozenset({"if_statement", "elif_clause", "while_statement"})


def kind_of(value: Value) -> Kind:
    """The kind of a value, if all its alternatives have the same kind."""
    kinds = {_kind(one) for one in alternatives(value)}
    return kinds.pop() if len(kinds) == 1 else "other"


def _kind(value: Value) -> Kind:
    match value:
        case Str():
            return "text"
        case Nothing(is_sentinel=False):
            return "none"
        case Known(text="True" | "False"):
            return "bool"
        case Known(text=text) if text != "...":
            return "number"
        case Sequence():
            return "list"
        case Mapping():
            return "dict"
        case _:
            return "other"


def default_of(value: Value) -> Default:
    """A default as its kind, and its word if it is a word for true or false."""
    kind = kind_of(value)
    word = value.text if isinstance(value, Str | Known) and value.text.lower() in YES | NO else ""
    return Default(kind, "" if kind == "number" else word)


def checks_type(evaluator: Evaluator, leaf: Node) -> bool:
    """Whether code checks the type of a name, so that it handles several types."""
    call = leaf.parent.parent if leaf.parent is not None and leaf.parent.type == "argument_list" else None
    function = call.child_by_field_name("function") if call is not None else None
    return function is not None and evaluator.tree.source(function) in ("isinstance", "type")


def may_be_converted(evaluator: Evaluator, assignment: Node) -> bool:
    """Whether a class may make another value of what its body assigns: a field of pydantic, of a dataclass."""
    node = scope_of(assignment)
    if node.type != "class_definition":
        return False
    bases = classes.bases(evaluator, classes.class_of(evaluator, node))
    foreign = [base.path for base in bases if isinstance(base, External) and base.path != "builtins.object"]
    if any(path.startswith("enum.") for path in foreign):
        return True
    is_decorated = node.parent is not None and node.parent.type == "decorated_definition"
    is_plain = not is_decorated and not foreign and UNKNOWN not in bases
    return assignment.child_by_field_name("type") is not None and not is_plain


def is_under_test(node: Node) -> bool:
    """Whether a condition in the same function decides whether a node runs."""
    child, parent = node, node.parent
    while parent is not None and parent.type not in FUNCTIONS:
        if parent.type in _CONDITIONS and parent.child_by_field_name("condition") != child:
            return True
        if parent.type == "conditional_expression" and named(parent)[1] != child:
            return True
        if parent.type == "boolean_operator" and parent.child_by_field_name("right") == child:
            return True
        child, parent = parent, parent.parent
    return False
