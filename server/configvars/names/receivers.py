"""`self`, `cls` and `super()` in the methods of a class, and what derived classes may change.

A string from `self` records its origin (`Str.of`): the parameter `.name` of the class. For a method that is
taken from a derived class, it is replaced by the value of that class.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from configvars.names import calls, classes, functions, texts
from configvars.names.scopes import FUNCTIONS, outer_scope, scope_of
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    Class,
    External,
    Function,
    Instance,
    OneOf,
    Parameter,
    Str,
    Value,
    one_of,
)
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator

# Nodes in which strings are concatenated, and names.
_TEXT_PARTS = frozenset({"binary_operator", "interpolation", "subscript", "argument_list"})
_CALL = "()"


def above(evaluator: Evaluator, node: Node | None) -> Class | Instance | None:
    """The class or instance of the method that contains a `super()` node; None for any other expression."""
    called = node.child_by_field_name("function") if node is not None and node.type == "call" else None
    if node is None or called is None or called.text != b"super":
        return None
    value = evaluator.value(called)
    if not isinstance(value, External) or value.path != "builtins.super":
        return None
    method = _method_around(node)
    return functions.receiver(evaluator, method) if method is not None else None


def own(evaluator: Evaluator, node: Node, value: Value) -> Value:
    """The value of `self.name`, marked if it is a string or method that a derived class may override."""
    cls = _class_of_self(evaluator, node.child_by_field_name("object"))
    name = node.child_by_field_name("attribute")
    if cls is None or name is None:
        return value
    word = evaluator.tree.source(name)
    if value == UNKNOWN:
        is_text = node.parent is not None and node.parent.type in _TEXT_PARTS
        return Parameter(f".{word}", cls.home) if is_text else value
    return _marked(value, f".{word}", cls)


def own_result(evaluator: Evaluator, function: Node, value: Value) -> Value:
    """The result of `self.name()`, marked because a derived class may override the method."""
    if function.type != "attribute" or not isinstance(value, Str | OneOf):
        return value
    cls = _class_of_self(evaluator, function.child_by_field_name("object"))
    call, name = function.parent, function.child_by_field_name("attribute")
    given = call.child_by_field_name("arguments") if call is not None else None
    if cls is None or name is None or given is None or named(given):
        return value
    return _marked(value, f".{evaluator.tree.source(name)}{_CALL}", cls)


def _marked(value: Value, name: str, cls: Class) -> Value:
    match value:
        case Str():
            return replace(value, of=Parameter(name, cls.home))
        case OneOf():
            return one_of([_marked(one, name, cls) for one in value.values])
        case Function() if value.of is not None:
            return replace(value, of=cls, is_self=True)
        case _:
            return value


def resolved(evaluator: Evaluator, value: Value, method: Function) -> Value:
    """A string of a method, with the values of the class that the method was taken from."""
    if method.of is None:
        return value
    given: calls.Given = {}
    for parameter in calls.parameters_of(value):
        if parameter.name.startswith("."):
            found = held(evaluator, method.of, parameter.name)
            if texts.is_text(found) or isinstance(found, OneOf):
                given[parameter.name, parameter.owner] = (
                    _marked(found, parameter.name, method.of) if method.is_self else found
                )
    return calls.substitute(value, given)


def held(evaluator: Evaluator, cls: Class, name: str) -> Value:
    """The value of an instance of a class for a parameter `.name` or `.name()`."""
    found = classes.member(evaluator, Instance(cls), name[1:].removesuffix(_CALL))
    if not name.endswith(_CALL):
        return found
    return functions.result(evaluator, found, Arguments()) if isinstance(found, Function) else UNKNOWN


def is_own(value: Value) -> bool:
    """Whether a string depends only on `self`."""
    found = calls.parameters_of(value)
    return bool(found) and all(one.name.startswith(".") for one in found)


def _class_of_self(evaluator: Evaluator, node: Node | None) -> Class | None:
    """The class of the method around a name, if the name is the method's first parameter or `super()`."""
    if node is None:
        return None
    if node.type != "identifier":
        found = above(evaluator, node)
    else:
        method = _method_around(node)
        parameters = method.child_by_field_name("parameters") if method is not None else None
        first = named(parameters)[:1] if parameters is not None else []
        if method is None or not first or evaluator.tree.source(first[0]) != evaluator.tree.source(node):
            return None
        found = functions.receiver(evaluator, method)
    return found.cls if isinstance(found, Instance) else found


def _method_around(node: Node) -> Node | None:
    """The method of a class in which a node is evaluated, including inner functions."""
    scope: Node | None = scope_of(node)
    while scope is not None:
        around = outer_scope(scope)
        if scope.type in FUNCTIONS and around is not None and around.type == "class_definition":
            return scope
        scope = around
    return None


__all__ = ["above", "held", "is_own", "own", "own_result", "resolved"]
