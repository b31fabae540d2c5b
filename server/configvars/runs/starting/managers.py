"""The exceptions that the context managers of `with` statements catch while a program starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.runs.catching import within
from configvars.runs.starting.machine import path_of, words
from configvars.runs.starting.raised import Kind, named_by
from configvars.runs.starting.unknown_code import failing
from configvars.runs.starting.values import Class, Function, Object, Scope
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions

_CATCHES_NONE = frozenset({"return", "returnNone", "returnFalse"})


def suppressed_by(expressions: Expressions, scope: Scope, statement: Node) -> tuple[Kind, ...] | None:
    """The exceptions that a `with` statement catches; None if that is not known."""
    clause = next(each for each in named(statement) if each.type == "with_clause")
    values = [each.child_by_field_name("value") for each in named(clause)]
    calls = [named(each)[0] if each is not None and each.type == "as_pattern" else each for each in values]
    found = [_by_manager(expressions, scope, each) for each in calls if each is not None]
    return found[0] if len(found) == 1 else () if not any(each != () for each in found) else None


def _by_manager(expressions: Expressions, scope: Scope, manager: Node) -> tuple[Kind, ...] | None:
    function = manager.child_by_field_name("function") if manager.type == "call" else manager
    value = expressions.quietly(scope, function)
    given = manager.child_by_field_name("arguments")
    known = value.known.of if isinstance(value.known, Object) else value.known
    match known:
        case Class():
            exit_of = known.find("__exit__") or known.find("__aexit__")
            return _by_exit(exit_of.known) if exit_of is not None else ()
        case Function(kind="unknown") as one:
            return _by_generator(expressions, one)
        case _ if path_of(value) == "contextlib.suppress":
            return None if given is None else named_by(expressions, scope, named(given))
        case _:
            return ()


def _by_exit(method: object) -> tuple[Kind, ...] | None:
    """What a class catches, whose `__exit__` returns true to catch an exception."""
    if not isinstance(method, Function):
        return None
    module = method.scope.module
    returned = {words(each, module) for each in within(method.node) if each.type == "return_statement"}
    if returned == {"returnTrue"}:
        return (BaseException,)
    return () if returned <= _CATCHES_NONE else None


def _by_generator(expressions: Expressions, one: Function) -> tuple[Kind, ...] | None:
    """What a function with the decorator `contextmanager` catches around its `yield`."""
    places = [each for each in within(one.node) if each.type == "yield"]
    tries = [each for place in places for each in _around(place, one.node)]
    if not tries:
        return ()
    clauses = [each for each in named(tries[0]) if each.type == "except_clause"]
    if len(tries) > 1 or any(failing(one.scope, named(each)[-1], any_exit=True) for each in clauses):
        return None
    parts = [part for each in clauses for part in named(each)[:-1]]
    parts = [named(each)[0] if each.type == "as_pattern" else each for each in parts]
    parts = [each for part in parts for each in (named(part) if part.type == "tuple" else [part])]
    bare = any(len(named(each)) == 1 for each in clauses)
    return (BaseException,) if bare else named_by(expressions, one.scope, parts)


def _around(node: Node, function: Node) -> list[Node]:
    """The `try` statements around a node in a function."""
    found: list[Node] = []
    while node != function and node.parent is not None:
        if node.parent.type == "try_statement" and node.parent.child_by_field_name("body") == node:
            found.append(node.parent)
        node = node.parent
    return found
