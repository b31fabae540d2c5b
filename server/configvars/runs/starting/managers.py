"""The exceptions that the context managers of `with` statements catch while a program starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.runs.catching import finally_leaves, within
from configvars.runs.context_managers import entered
from configvars.runs.starting.endings import Kind
from configvars.runs.starting.machine import path_of, words
from configvars.runs.starting.raised import named_by
from configvars.runs.starting.unknown_code import failing, suppresses
from configvars.runs.starting.values import Class, Coroutine, Function, Object, Scope, Value
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions

_STACKS = frozenset({"contextlib.ExitStack()", "contextlib.AsyncExitStack()"})
_MADE = frozenset({"contextlib.suppress()", "functools.partial()"})
# What these return is also what `with` binds.
_THEMSELVES = frozenset({"builtins.open()", "io.open()"})
_CATCHES_NONE = frozenset({"return", "returnNone", "returnFalse"})


def entered_by(expressions: Expressions, scope: Scope, node: Node, manager: Value) -> Value | None:
    """What `with manager as name` binds, None if not known; runs `__enter__` of a class of the folder."""
    known = manager.known
    for name in ("__enter__", "__aenter__"):
        if isinstance(known, Object) and known.of.find(name) is not None:
            method = expressions.attribute(scope, manager, name)
            result = expressions.calls.applied(scope, node, method, [])
            return expressions.calls.awaited(result) if isinstance(result.known, Coroutine) else result
    return manager if path_of(manager) in _THEMSELVES else None


def suppressed_by(expressions: Expressions, scope: Scope, statement: Node) -> tuple[Kind, ...] | None:
    """The exceptions that a `with` statement catches; None if that is not known."""
    clause = next(each for each in named(statement) if each.type == "with_clause")
    values = [each.child_by_field_name("value") for each in named(clause)]
    calls = [named(each)[0] if each is not None and each.type == "as_pattern" else each for each in values]
    calls += entered(lambda each: words(each, scope.module), statement)
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
            return _by_exit(exit_of.known) if exit_of is not None else None
        case Function() if manager.type == "lambda":
            return None
        case Function(kind="unknown") as one:
            return _by_generator(expressions, one)
        case Function():
            return None if "suppress(" in words(known.node, known.scope.module) else ()
        case _ if path_of(value) == "contextlib.suppress":
            return None if given is None else named_by(expressions, scope, named(given))
        case _:
            is_stack = manager.type == "identifier" and path_of(value) in _STACKS
            return None if is_stack or path_of(value) in _MADE else ()


def _by_exit(method: object) -> tuple[Kind, ...] | None:
    """What a class catches, whose `__exit__` returns true to catch an exception."""
    if not isinstance(method, Function):
        return None
    module = method.scope.module
    found = [each for each in within(method.node) if each.type == "return_statement"]
    returned = {words(each, module) for each in found}
    if returned == {"returnTrue"}:
        body = method.node.child_by_field_name("body")
        return (BaseException,) if all(each.parent == body for each in found) else None
    return () if returned <= _CATCHES_NONE else None


def _by_generator(expressions: Expressions, one: Function) -> tuple[Kind, ...] | None:
    """What a function with the decorator `contextmanager` catches around its `yield`."""
    places = [each for each in within(one.node) if each.type == "yield"]
    around = [each for place in places for each in _around(place, one)]
    if not around:
        return ()
    clauses = [each for each in named(around[0]) if each.type == "except_clause"]
    if len(around) > 1 or around[0].type == "with_statement" or finally_leaves(around[0]) is not False:
        return None
    if any(failing(one.scope, named(each)[-1], any_exit=True) for each in clauses):
        return None
    parts = [part for each in clauses for part in named(each)[:-1]]
    parts = [named(each)[0] if each.type == "as_pattern" else each for each in parts]
    parts = [each for part in parts for each in (named(part) if part.type == "tuple" else [part])]
    bare = any(len(named(each)) == 1 for each in clauses)
    return (BaseException,) if bare else named_by(expressions, one.scope, parts)


def _around(node: Node, function: Function) -> list[Node]:
    """The statements around a node in a function that may catch exceptions."""
    found: list[Node] = []
    while node != function.node and node.parent is not None:
        above = node.parent
        is_with = above.type == "with_statement" and suppresses(function.scope, above)
        if (is_with or above.type == "try_statement") and above.child_by_field_name("body") == node:
            found.append(above)
        node = node.parent
    return found
