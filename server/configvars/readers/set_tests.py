"""Sets of names that are compared with the environment: `{"A", "B"} - set(os.environ)`, `NAMES <= os.environ.keys()`."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.model import Access
from configvars.names.calls import items_of, parameters_of
from configvars.names.evaluate import Evaluator
from configvars.names.values import Str, alternatives, one_of
from configvars.readers.base import Argument, Fact, Site, Use
from configvars.syntax.python import Node, named

_NAMES = frozenset({"os.environ", "os.environ.copy()", "os.environ.keys()", "os.environ.copy().keys()"})
_ALL_SET = {"<": 0, "<=": 0, ">": 2, ">=": 2}
"""The comparisons of a set with the environment, each with the position of the set."""


def set_tests(evaluator: Evaluator, node: Node) -> Iterator[Use]:
    """A test of each name in a set: which of them are not set, or whether all of them are."""
    found = _set_and_environment(node)
    if found is None:
        return
    of, environment = found
    if any(getattr(value, "path", "") in _NAMES for value in alternatives(evaluator.value(environment))):
        yield from _tested(Argument(evaluator.value(of), evaluator.tree.span(of)))


def superset(site: Site) -> Iterator[Fact]:
    """`set(os.environ).issuperset({"A", "B"})`."""
    names = site.argument(0)
    if names is not None:
        yield from _tested(names)


def _tested(names: Argument) -> Iterator[Use]:
    items = [item for value in alternatives(names.value) for item in items_of(value)]
    if items and all(isinstance(item, Str) or parameters_of(item) for item in items):
        yield Use(Argument(one_of(items), names.span), "in os.environ", Access.TEST)


def gives_missing(node: Node) -> bool:
    """Whether a test of this module returns the names that are not set, instead of a truth value."""
    function = node.child_by_field_name("function")
    name = function.child_by_field_name("attribute") if function is not None else None
    return node.type == "binary_operator" or (name is not None and name.text == b"difference")


def _set_and_environment(node: Node) -> tuple[Node, Node] | None:
    """The expressions for the set of names, and for the environment, if a node may compare them."""
    match node.type:
        case "binary_operator":
            left, operator, right = (node.child_by_field_name(each) for each in ("left", "operator", "right"))
            is_minus = operator is not None and operator.type == "-"
            return (left, right) if is_minus and left is not None and right is not None else None
        case "comparison_operator" if len(node.children) == 3 and node.children[1].type in _ALL_SET:
            at = _ALL_SET[node.children[1].type]
            return node.children[at], node.children[2 - at]
        case "call":
            function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
            of = function.child_by_field_name("object") if function is not None else None
            name = function.child_by_field_name("attribute") if function is not None else None
            given = named(arguments) if arguments is not None else []
            is_of_set = name is not None and name.text in (b"difference", b"issubset")
            return (of, given[0]) if of is not None and is_of_set and len(given) == 1 else None
        case _:
            return None
