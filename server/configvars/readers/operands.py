"""What is on the other side of an operator: words, and the kinds of values.

An expression may certainly be a number although its value is not known: `len(x)`, a view's `<int:n>`.
"""

from __future__ import annotations

from collections.abc import Iterator

from configvars.flow_model import NO, YES, Kind
from configvars.names.evaluate import Evaluator
from configvars.names.flow import bindings_for
from configvars.names.scopes import Binding
from configvars.names.values import External, Sequence, Str, alternatives
from configvars.patterns import lazy_pattern
from configvars.readers.flow_parts import kind_of, without_parentheses
from configvars.syntax.python import Node, named

_FUNCTIONS = frozenset({"builtins.len", "builtins.int", "builtins.float", "builtins.ord"}) | {
    *("time.time", "time.monotonic", "time.perf_counter", "os.path.getsize", "os.path.getmtime"),
    *("random.random", "random.randint", "random.randrange"),
}
_ATTRIBUTES = frozenset({"flask.request.content_length"})  # or None, which cannot be compared either
_ROUTES = frozenset({"route", "get", "post", "put", "patch", "delete"})
_ANNOTATIONS = frozenset({"int", "float"})
_OPERATORS = frozenset({"+", "-", "*", "/", "//", "%", "**"})
_OF_TIMES = frozenset({"identifier", "subscript"})
_QUERY = lazy_pattern(r"\.query\b")
# A variable part of a URL rule of Flask: its converter, and its name.
_PART = lazy_pattern(r"<(?:(\w+)(?:\([^<>]*\))?:)?(\w+)>")


def kind_at(evaluator: Evaluator, node: Node) -> Kind:
    """The kind of the value of an expression."""
    kind = kind_of(evaluator.value(node))
    return "number" if kind == "other" and _is_number(evaluator, node) else kind


def compared_with(evaluator: Evaluator, other: Node) -> tuple[tuple[str, ...], tuple[Kind, ...], bool]:
    """The other side of a comparison.

    The words for true or false, the kinds of values, and whether there may be other values.
    """
    other = without_parentheses(other)
    inside = other.type in ("tuple", "list", "set")
    items = named(other) if inside else [other]
    values = [evaluator.value(item) for item in items]
    kinds = tuple(dict.fromkeys(kind_at(evaluator, item) for item in items))
    if len(values) == 1 and isinstance(values[0], Sequence):
        values = list(values[0].items)
        kinds = tuple(dict.fromkeys(map(kind_of, values)))
    words = tuple(v.text for v in values if isinstance(v, Str) and v.text.lower() in YES | NO)
    return words, kinds, len(words) < len(values)


def _is_number(evaluator: Evaluator, node: Node) -> bool:
    node = without_parentheses(node)
    binding = _binding(evaluator, node) if node.type == "identifier" else None
    if binding is not None and binding.how == "parameter":
        return _is_number_parameter(evaluator, binding)
    if binding is not None:
        right = binding.source.child_by_field_name("right") if binding.how == "assign" else None
        if right is None or binding.source.child_by_field_name("left") != binding.node:
            return False
        node = without_parentheses(right)
    if node.type != "binary_operator":
        return _is_measured(evaluator, node)
    operator = node.child_by_field_name("operator")
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if operator is None or left is None or right is None or operator.type not in _OPERATORS:
        return False
    if not (_is_measured(evaluator, left) or kind_of(evaluator.value(left)) == "number"):
        return False
    is_duration = operator.type == "-" and left.type == "call" and right.type in _OF_TIMES
    return is_duration or _is_measured(evaluator, right) or kind_of(evaluator.value(right)) == "number"


def _is_measured(evaluator: Evaluator, node: Node) -> bool:
    """Whether a node is a call that returns a number, or an attribute that is one."""
    if node.type == "attribute":
        return _path(evaluator, node) in _ATTRIBUTES
    function = node.child_by_field_name("function") if node.type == "call" else None
    if function is None:
        return False
    source = evaluator.tree.source(function)
    if source.endswith(".count"):
        return _QUERY.search(source) is not None
    return source.endswith(".total_seconds") or _path(evaluator, function) in _FUNCTIONS


def _path(evaluator: Evaluator, node: Node) -> str:
    found = alternatives(evaluator.value(node))
    return found[0].path if len(found) == 1 and isinstance(found[0], External) else ""


def _binding(evaluator: Evaluator, leaf: Node) -> Binding | None:
    """The only place that binds a name in the scope to which it belongs."""
    found = bindings_for(evaluator.scopes, evaluator.tree.source(leaf), leaf)
    return found[0] if len(found) == 1 else None


def _is_number_parameter(evaluator: Evaluator, binding: Binding) -> bool:
    """Whether a parameter has the annotation `int` or `float`, or if every route of the view converts it to one."""
    annotation = binding.source.child_by_field_name("type")
    if annotation is not None and evaluator.tree.source(annotation) in _ANNOTATIONS:
        return True
    name = evaluator.tree.source(binding.node)
    converters = [
        by for rule in _rules(evaluator, binding.scope) for by, part in _PART.findall(rule) if part == name
    ]
    return bool(converters) and set(converters) <= _ANNOTATIONS


def _rules(evaluator: Evaluator, function: Node) -> Iterator[str]:
    """The URL rules of a view, from its decorators."""
    around = function.parent
    for decorator in named(around) if around is not None and around.type == "decorated_definition" else ():
        call = named(decorator)[0] if decorator.type == "decorator" and named(decorator) else None
        callee = call.child_by_field_name("function") if call is not None and call.type == "call" else None
        arguments = call.child_by_field_name("arguments") if call is not None and callee is not None else None
        if (
            callee is None
            or arguments is None
            or evaluator.tree.source(callee).rpartition(".")[2] not in _ROUTES
        ):
            continue
        for argument in named(arguments)[:1]:
            value = evaluator.value(argument)
            if isinstance(value, Str):
                yield value.text
