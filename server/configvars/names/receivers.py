"""`self`, `cls` and `super()` in the methods of a class, and what derived classes may change.

A string from `self` records its origin (`Str.of`): the parameter `.name` of the class, or the result of one
of its methods (`Asked`). For a method that is taken from a derived class, it is replaced by the value of that
class.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.names import calls, classes, functions, texts
from configvars.names.scopes import FUNCTIONS, outer_scope, scope_of
from configvars.names.values import (
    UNKNOWN,
    Arguments,
    Asked,
    Class,
    External,
    Function,
    Instance,
    Join,
    Known,
    Method,
    Nothing,
    OneOf,
    Parameter,
    ParameterRead,
    Str,
    Value,
    one_of,
)
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.names.evaluate import Evaluator

# Nodes in which strings are concatenated, and names.
_TEXT_PARTS = frozenset({"binary_operator", "interpolation", "subscript", "argument_list"})


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


def flag(evaluator: Evaluator, node: Node) -> Parameter | None:
    """`self.strict`, if it is a constant of the class; a derived class may have another value."""
    cls = _class_of_self(evaluator, node.child_by_field_name("object"))
    name = node.child_by_field_name("attribute")
    if cls is None or name is None or not isinstance(evaluator.value(node), Known | Nothing | Str):
        return None
    return Parameter(f".{evaluator.tree.source(name)}", cls.home)


def own_result(evaluator: Evaluator, function: Node, value: Value, given: Callable[[], Arguments]) -> Value:
    """The result of `self.name(…)`, marked because a derived class may override the method."""
    of, name = function.child_by_field_name("object"), function.child_by_field_name("attribute")
    if of is None or of.type != "identifier" or not texts.is_text(value):
        return value  # `super().name(…)` always calls the method of the base class
    cls = _class_of_self(evaluator, of)
    if cls is None or name is None:
        return value
    return texts.asked(Asked(evaluator.tree.source(name), cls.home, given(), value))


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
    if method.of is None or not any(one.name.startswith(".") for one in calls.parameters_of(value)):
        return value
    value = _asked_again(evaluator, value, method)
    given: calls.Given = {}
    for parameter in calls.parameters_of(value):
        is_given = any(one.name == parameter.name for one, _ in method.bound)
        if parameter.name.startswith(".") and not parameter.name.endswith(")") and not is_given:
            found = held(evaluator, method.of, parameter.name)
            if texts.is_text(found) or isinstance(found, OneOf):
                given[parameter.name, parameter.owner] = (
                    _marked(found, parameter.name, method.of) if method.is_self else found
                )
    return calls.substitute(value, given)


def _asked_again(evaluator: Evaluator, value: Value, method: Function) -> Value:
    """A string in which calls of methods are evaluated for the class that `method` was taken from."""
    match value:
        case Str() if value.of is not None:
            return _asked_again(evaluator, value.of, method)
        case Join():
            return texts.join([_asked_again(evaluator, part, method) for part in value.parts])
        case Method():
            return texts.again(value.name, _asked_again(evaluator, value.of, method))
        case Asked() if method.of is not None:
            found = classes.member(evaluator, Instance(method.of), value.name)
            if not isinstance(found, Function):
                return UNKNOWN
            given = replace(found, is_self=method.is_self)
            usual = functions.result(evaluator, given, value.given)
            again = Asked(value.name, method.of.home, value.given, usual)
            return texts.asked(again) if method.is_self and texts.is_text(usual) else usual
        case _:
            return value


def instead(evaluator: Evaluator, read: ParameterRead, method: Function) -> Function | None:
    """The method of a derived class that overrides the one through which a read happens, if there is one."""
    if read.asked is None or method.of is None or method.is_self:
        return None
    found = classes.member(evaluator, Instance(method.of), read.asked.name)
    usual = read.asked.usual
    is_other = isinstance(found, Function) and isinstance(usual, Function) and found.home != usual.home
    return found if is_other and isinstance(found, Function) else None


def asked_of(
    node: Node, method: Function, given: Arguments, read: ParameterRead, bound: calls.Given
) -> Asked | None:
    """The call of a method of `self` through which a read happens; a derived class may override it."""
    if not method.is_self or method.of is None:
        return None
    if read.asked is not None:
        return replace(read.asked, given=calls.filled(read.asked.given, bound))
    function = node.child_by_field_name("function")
    of = function.child_by_field_name("object") if function is not None else None
    name = function.child_by_field_name("attribute") if function is not None else None
    if name is None or of is None or of.type != "identifier":
        return None  # `super().get(…)` always calls the method of the base class
    return Asked((name.text or b"").decode(), method.of.home, given, replace(method, bound=()))


def given_of(evaluator: Evaluator, read: ParameterRead, method: Function) -> calls.Given:
    """The attributes that the conditions of a read need, of the class that `method` was taken from."""
    all_if = (*read.fails_if, *read.empty_fails_if, read.only_if)
    asked = {one.of for all_of in all_if for one in all_of}
    if method.of is None or method.is_self:
        return {}
    of = method.of
    return {(one.name, one.owner): held(evaluator, of, one.name) for one in asked if one.name.startswith(".")}


def held(evaluator: Evaluator, cls: Class, name: str) -> Value:
    """The value of an instance of a class for a parameter `.name`."""
    return classes.member(evaluator, Instance(cls), name[1:])


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
