"""Parts of a flow: the kinds of values, and what the syntax around a use shows."""

from __future__ import annotations

from collections.abc import Iterator

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
_READS = frozenset({"os.getenv", "os.environ.get"})
_OUTSIDE = FUNCTIONS | {"block", "module"}


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


def tests_around(node: Node) -> Iterator[Node]:
    """The conditions in the same function that decide whether a node runs."""
    child, parent = node, node.parent
    while parent is not None and parent.type not in FUNCTIONS:
        test = condition_of(parent)
        if test is not None and test != child:
            yield test
        if parent.type == "if_statement" and child.type in ("elif_clause", "else_clause"):
            others = (
                each
                for each in parent.children_by_field_name("alternative")
                if each.end_byte <= child.start_byte
            )
            yield from filter(None, map(condition_of, others))
        child, parent = parent, parent.parent


def condition_of(node: Node) -> Node | None:
    """The condition of a statement or expression; the first operand of `and` and `or`."""
    if node.type in _CONDITIONS:
        return node.child_by_field_name("condition")
    if node.type == "conditional_expression":
        return named(node)[1]
    return node.child_by_field_name("left") if node.type == "boolean_operator" else None


def is_in_condition(node: Node) -> bool:
    """Whether a node is a part of a condition."""
    child, parent = node, node.parent
    while parent is not None and parent.type not in _OUTSIDE:
        if condition_of(parent) == child or parent.type in ("assert_statement", "if_clause"):
            return True
        child, parent = parent, parent.parent
    return False


def without_parentheses(node: Node) -> Node:
    """The expression in parentheses."""
    while node.type == "parenthesized_expression" and len(node.named_children) == 1:
        node = node.named_children[0]
    return node


def ignores_empty(evaluator: Evaluator, test: Node, name: str, key: Value) -> bool:
    """Whether a condition is only a comparison of a name or read with None, or a test whether a variable is set."""
    return _compares_with_none(evaluator, test, name, key) or _tests_presence(evaluator, test, key)


def _compares_with_none(evaluator: Evaluator, test: Node, name: str, key: Value) -> bool:
    """Whether a condition is only a comparison of a name, or of another read of the variable, with None."""
    test = without_parentheses(test)
    sides = named(test)
    if test.type != "comparison_operator" or len(sides) != 2 or sides[1].type != "none":
        return False
    first = without_parentheses(sides[0])
    found = first.child_by_field_name("name") if first.type == "named_expression" else first
    return found is not None and (evaluator.tree.source(found) == name or _reads(evaluator, found, key))


def _reads(evaluator: Evaluator, node: Node, key: Value) -> bool:
    """Whether an expression is `os.getenv("KEY")` or `os.environ.get("KEY")`, without a default."""
    given = node.child_by_field_name("arguments") if node.type == "call" else None
    if given is None or len(named(given)) != 1 or not isinstance(key, Str):
        return False
    function, asked = evaluator.value(node.child_by_field_name("function")), evaluator.value(named(given)[0])
    is_read = isinstance(function, External) and function.path in _READS
    return is_read and isinstance(asked, Str) and asked.text == key.text


def _tests_presence(evaluator: Evaluator, test: Node, key: Value) -> bool:
    """Whether a condition is only `"KEY" in os.environ`, or `not in`: an empty string is there, too."""
    test = without_parentheses(test)
    sides = named(test)
    if test.type != "comparison_operator" or len(sides) != 2 or not isinstance(key, Str):
        return False
    asked, where = evaluator.value(sides[0]), evaluator.value(sides[1])
    is_environ = isinstance(where, External) and where.path == "os.environ"
    return is_environ and isinstance(asked, Str) and asked.text == key.text


def has_arguments(call: Node) -> bool:
    """Whether a call has arguments: `strip("M")` removes more than blanks."""
    given = call.child_by_field_name("arguments")
    return given is not None and bool(named(given))
