"""Functions of the workspace: their parameters, return values and results of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.limits import PARAMETERS
from configvars.names import calls, hints
from configvars.names.scopes import FUNCTIONS, Binding, function_of, scope_of
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    Class,
    External,
    Formal,
    Function,
    Instance,
    Parameter,
    Value,
    one_of,
    step,
)
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator

_KINDS = {
    "builtins.staticmethod": "static",
    "builtins.classmethod": "class",
    "builtins.property": "property",
    "functools.cached_property": "property",
    "django.utils.functional.cached_property": "property",
    "werkzeug.utils.cached_property": "property",
}


def function(evaluator: Evaluator, node: Node) -> Function:
    """The value of a `def` or `lambda`."""
    return Function(evaluator.home(node), tuple(_formals(evaluator, node)), _kind(evaluator, node))


def decorators(node: Node) -> list[Node]:
    """The decorators of a function or class, as expressions."""
    above = node.parent
    if above is None or above.type != "decorated_definition":
        return []
    return [
        child.named_children[0]
        for child in above.named_children
        if child.type == "decorator" and child.named_children
    ]


def _kind(evaluator: Evaluator, node: Node) -> str:
    for decorator in decorators(node):
        value = evaluator.value(decorator)
        if isinstance(value, External) and value.path in _KINDS:
            return _KINDS[value.path]
    return "function"


def _formals(evaluator: Evaluator, node: Node) -> list[Formal]:
    parameters = node.child_by_field_name("parameters")
    found: list[Formal] = []
    kind = "positional"
    for child in named(parameters) if parameters is not None else []:
        if len(found) >= PARAMETERS.most:
            evaluator.tree.hits.count(PARAMETERS)
            break
        if child.type == "keyword_separator":
            kind = "keyword"
            continue
        inner = child.named_children[0] if child.type == "typed_parameter" and child.named_children else child
        name = child.child_by_field_name("name") or inner
        default = child.child_by_field_name("value")
        if inner.type == "list_splat_pattern":
            found.append(Formal(evaluator.tree.source(inner).lstrip("* "), "args"))
            kind = "keyword"
        elif inner.type == "dictionary_splat_pattern":
            found.append(Formal(evaluator.tree.source(inner).lstrip("* "), "kwargs"))
        elif name.type == "identifier":
            value = None if default is None else evaluator.value(default)
            found.append(Formal(evaluator.tree.source(name), kind, value))
    return found


def parameter(evaluator: Evaluator, binding: Binding) -> Value:
    """The value of a parameter inside its function."""
    node, source = binding.scope, binding.source
    word = evaluator.tree.source(binding.node)
    own = _receiver(evaluator, binding)
    if own is not None:
        return own
    default = source.child_by_field_name("value") if source.type.endswith("default_parameter") else None
    if default is None and word in evaluator.interest.fixtures:
        return External(evaluator.interest.fixtures[word])
    inner = source.named_children[0] if source.type == "typed_parameter" else source
    if inner.type == "dictionary_splat_pattern":
        return UNKNOWN
    if inner.type == "list_splat_pattern":
        return Parameter(word, evaluator.home(node))
    annotated = of_annotation(evaluator, source)
    if annotated is not None and not (isinstance(annotated, External) and _has_prefixes(evaluator)):
        return annotated
    from configvars.names import objects

    if default is None and (handed := objects.handed(evaluator, node, word)) is not None:
        return handed
    value = None if default is None else evaluator.value(default)
    return Parameter(word, evaluator.home(node), value)


def _has_prefixes(evaluator: Evaluator) -> bool:
    """Whether the file gives a reader a prefix, so that only a call shows which names a parameter reads."""
    return any(any(True for _ in evaluator.tree.words(word)) for word in _PREFIXES)


def of_annotation(evaluator: Evaluator, source: Node) -> Value | None:
    """The value that an annotation alone shows: an instance of a class that leads to variables."""
    annotation = source.child_by_field_name("type")
    if annotation is None:
        return None
    for value in hints.named_in(evaluator, annotation):
        if isinstance(value, External) and evaluator.interest.covers(value.path + "()"):
            return step(value, "()", Arguments(rest=True))
        if isinstance(value, Class):
            return Instance(value)
    return None


def _receiver(evaluator: Evaluator, binding: Binding) -> Value | None:
    """`self` and `cls`: the first parameter of a method that is not static."""
    parameters = binding.scope.child_by_field_name("parameters")
    first = named(parameters)[:1] if parameters is not None else []
    return receiver(evaluator, binding.scope) if first and _contains(first[0], binding.node) else None


def receiver(evaluator: Evaluator, node: Node) -> Class | Instance | None:
    """The value of a method's first argument; None if it is static, or not a method."""
    from configvars.names import classes

    around = scope_of(node)
    if node.type != "function_definition" or around.type != "class_definition":
        return None
    kind = _kind(evaluator, node)
    if kind == "static":
        return None
    cls = classes.class_of(evaluator, around)
    name = node.child_by_field_name("name")
    if kind == "class" or (
        name is not None and evaluator.tree.source(name) in ("__new__", "__init_subclass__")
    ):
        return cls
    return Instance(cls)


def _contains(outer: Node, inner: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def returned(evaluator: Evaluator, function: Function) -> Value:
    """The value that a function returns, in terms of its parameters."""
    if function.home.path != evaluator.path:
        return evaluator.elsewhere.returned(evaluator.path, function.home)
    node = evaluator.node(function.home)
    if node is None:
        return UNKNOWN
    return evaluator.guarded(("returns", function.home), lambda: _returned(evaluator, node))


def _returned(evaluator: Evaluator, node: Node) -> Value:
    body = node.child_by_field_name("body")
    if body is None:
        return UNKNOWN
    if node.type == "lambda":
        return evaluator.value(body)
    from configvars.names import fixtures

    return one_of([evaluator.value(value) for value in (*return_values(node), *fixtures.yielded(node))])


def return_values(node: Node) -> list[Node]:
    """The expressions that a `def` returns, in order."""
    found: list[Node] = []
    waiting = [node.child_by_field_name("body")]
    while waiting:
        current = waiting.pop()
        if current is None or current.type in FUNCTIONS or current.type == "class_definition":
            continue
        if current.type == "return_statement":
            found.extend(named(current)[:1])
        elif current.type in HOLDERS:
            waiting.extend(reversed(current.named_children))
    return found


_PREFIXES = ("prefix", "env_prefix", "prefixed")
# Statements whose blocks belong to the scope around them.
HOLDERS = frozenset(
    {
        "block",
        "if_statement",
        "elif_clause",
        "else_clause",
        "for_statement",
        "while_statement",
        "try_statement",
    }
    | {"except_clause", "finally_clause", "with_statement", "match_statement", "case_clause"}
)


def result(evaluator: Evaluator, function: Function, given: Arguments) -> Value:
    """The result of calling a function."""
    value = returned(evaluator, function)
    if value == UNKNOWN:
        return value
    from configvars.names import receivers

    given_to = calls.bind(function, given)
    return calls.substitute(receivers.resolved(evaluator, value, function), given_to)


def partial(function: Function | External, given: Arguments) -> Function | External:
    """The value of `functools.partial(function, …)`: the function with these arguments stored in it."""
    return replace(function, given=calls.completed(function, given))


def without_receiver(function: Function) -> Function:
    """A method taken from an instance or class: its first parameter is already passed."""
    return replace(function, formals=function.formals[1:])


__all__ = ["function", "function_of", "parameter", "partial", "result", "returned"]
