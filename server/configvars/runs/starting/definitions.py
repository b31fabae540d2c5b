"""The functions and classes that a program defines while it starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.runs.starting.class_statements import PLAIN_BASES
from configvars.runs.starting.expressions import Expressions
from configvars.runs.starting.machine import path_of, words
from configvars.runs.starting.values import UNKNOWN, Class, Function, Scope, Value
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.statements import Statements

_KINDS = {
    "property": "property",
    "cached_property": "property",
    "functools.cached_property": "property",
    "classmethod": "classmethod",
    "staticmethod": "staticmethod",
    "cache": "",
    "functools.cache": "",
    "lru_cache": "",
    "functools.lru_cache": "",
}
_OF_PROPERTIES = frozenset({"computed_field", "pydantic.computed_field"})  # a property stays one
_TUPLES = frozenset({"typing.NamedTuple", "typing_extensions.NamedTuple"})
_DATACLASSES = frozenset({"dataclass", "dataclasses.dataclass"})
_FIELDS = frozenset({"field", "dataclasses.field"})
_DYNAMIC = ("__getattr__", "__getattribute__", "__setattr__", "__init_subclass__")


def function_of_def(expressions: Expressions, scope: Scope, node: Node, decorators: list[Node]) -> Value:
    """What a `def` statement binds: its function, or what functions of the folder that decorate it return."""
    defaults: dict[str, Value] = {}
    parameters = node.child_by_field_name("parameters")
    for each in named(parameters) if parameters is not None else ():
        default = each.child_by_field_name("value")
        if default is not None:
            name = words(each.child_by_field_name("name"), scope.module)
            defaults[name] = expressions.value(scope, default)
    left = list(decorators)
    while left and _decorating(expressions, scope, left[-1]) is not None:
        left.pop()
    names = [words(each, scope.module).removeprefix("@").partition("(")[0] for each in left]
    kinds = [_KINDS.get(each, "unknown") for each in names if each not in _OF_PROPERTIES]
    kind = kinds[0] if kinds else ""
    is_async = node.children[0].type == "async"
    if len(kinds) > 1 or (is_async and kinds):
        kind = "unknown"
    elif is_async:
        kind = "async"
    outer = scope.outer if scope.of_class and scope.outer is not None else scope
    inner = decorators[len(left) :]
    if inner and kind == "unknown":
        return Value(known=Function(node, outer, defaults, kind))
    value = Value(known=Function(node, outer, defaults, "async" if is_async else "" if inner else kind))
    for each in reversed(inner):
        function = expressions.value(scope, named(each)[0])
        value = expressions.calls.applied(scope, each, function, [value])
    return _of_kind(value, kind) if inner and not is_async else value


def _of_kind(value: Value, kind: str) -> Value:
    """A function that a further decorator makes a property or a method of a class."""
    match value.known:
        case Function(kind="") as function if kind:
            return Value(known=replace(function, kind=kind))
        case _:
            return UNKNOWN if kind else value


def _decorating(expressions: Expressions, scope: Scope, decorator: Node) -> Value | None:
    """The function or class of the folder that a decorator calls, or `functools.wraps`; None for others."""
    inner = named(decorator)[0]
    called = inner.child_by_field_name("function") if inner.type == "call" else inner
    value = expressions.quietly(scope, called)
    is_known = isinstance(value.known, Function | Class) or path_of(value) == "functools.wraps"
    return value if is_known else None


def class_of(statements: Statements, scope: Scope, node: Node, decorators: list[str]) -> Value:
    """The class of a `class` statement, whose body runs now."""
    inner = Scope(scope.module, {}, scope, of_class=True)
    body = node.child_by_field_name("body")
    statements.run(inner, body)
    bases: list[Class] = []
    plain = [each.partition("(")[0] in _DATACLASSES for each in decorators]
    is_open = not all(plain) or any(name in inner.names for name in _DYNAMIC)
    given = node.child_by_field_name("superclasses")
    outside = ""
    for each in named(given) if given is not None else ():
        base = statements.expressions.value(scope, each) if each.type != "keyword_argument" else Value()
        if isinstance(base.known, Class):
            bases.append(base.known)
        elif path_of(base) in _TUPLES:
            plain.append(True)
        else:
            is_open = is_open or path_of(base) not in PLAIN_BASES
            outside = outside or path_of(base)
    is_open = is_open or any(base.open for base in bases)
    outside = outside or next((base.outside for base in bases if base.outside), "")
    fields = next((base.fields for base in bases if base.fields), None)
    factories = next((base.factories for base in bases if base.factories), {})
    if plain:
        fields = tuple(dict.fromkeys((*(fields or ()), *_fields(body, scope))))
        inherited = {name: made for name, made in factories.items() if name not in inner.names}
        factories = {**inherited, **dict(_factories(body, scope))}
    return Value(known=Class(inner.names, tuple(bases), fields, is_open, outside, node, scope, factories))


def _fields(body: Node | None, scope: Scope) -> Iterator[str]:
    """The annotated names of a dataclass."""
    return (words(part.child_by_field_name("left"), scope.module) for part in _annotated(body))


def _annotated(body: Node | None) -> Iterator[Node]:
    for each in named(body) if body is not None else ():
        for part in named(each):
            if part.type == "assignment" and part.child_by_field_name("type") is not None:
                yield part


def _factories(body: Node | None, scope: Scope) -> Iterator[tuple[str, Node]]:
    """The annotated names whose default a function makes, with the function: `field(default_factory=f)`."""
    for part in _annotated(body):
        right = part.child_by_field_name("right")
        call = right if right is not None and right.type == "call" else None
        if call is None or words(call.child_by_field_name("function"), scope.module) not in _FIELDS:
            continue
        arguments = call.child_by_field_name("arguments")
        for given in named(arguments) if arguments is not None else ():
            if words(given.child_by_field_name("name"), scope.module) == "default_factory":
                yield (
                    words(part.child_by_field_name("left"), scope.module),
                    given.child_by_field_name("value") or given,
                )
