"""The functions and classes that a program defines while it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.runs.starting.expressions import Expressions
from configvars.runs.starting.machine import path_of, words
from configvars.runs.starting.values import Class, Function, Scope, Value
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
_PLAIN_BASES = frozenset({"builtins.object", "abc.ABC"})
_TUPLES = frozenset({"typing.NamedTuple", "typing_extensions.NamedTuple"})
_DATACLASSES = frozenset({"dataclass", "dataclasses.dataclass"})
_DYNAMIC = ("__getattr__", "__getattribute__", "__setattr__", "__init_subclass__")


def function_of_def(expressions: Expressions, scope: Scope, node: Node, decorators: list[str]) -> Value:
    """The function of a `def` statement."""
    defaults: dict[str, Value] = {}
    parameters = node.child_by_field_name("parameters")
    for each in named(parameters) if parameters is not None else ():
        value = each.child_by_field_name("value")
        if value is not None:
            name = words(each.child_by_field_name("name"), scope.module)
            defaults[name] = expressions.value(scope, value)
    names = [each.partition("(")[0] for each in decorators]
    kinds = [_KINDS.get(each, "unknown") for each in names if each not in _OF_PROPERTIES]
    kind = kinds[0] if kinds else ""
    is_async = node.children[0].type == "async"
    if len(kinds) > 1 or (is_async and kinds):
        kind = "unknown"
    elif is_async:
        kind = "async"
    outer = scope.outer if scope.of_class and scope.outer is not None else scope
    return Value(known=Function(node, outer, defaults, kind))


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
            is_open = is_open or path_of(base) not in _PLAIN_BASES
            outside = outside or path_of(base)
    is_open = is_open or any(base.open for base in bases)
    outside = outside or next((base.outside for base in bases if base.outside), "")
    fields = (
        tuple(_fields(body, scope)) if plain else next((base.fields for base in bases if base.fields), None)
    )
    return Value(known=Class(inner.names, tuple(bases), fields, is_open, outside, node, scope))


def _fields(body: Node | None, scope: Scope) -> list[str]:
    """The annotated names of a dataclass."""
    statements = [part for each in named(body) for part in named(each)] if body is not None else []
    return [
        words(part.child_by_field_name("left"), scope.module)
        for part in statements
        if part.type == "assignment" and part.child_by_field_name("type") is not None
    ]
