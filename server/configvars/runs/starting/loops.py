"""Runs loops of a program that starts: all rounds over known items, or the first one if it certainly runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from configvars.limits import ITEMS
from configvars.runs.catching import within
from configvars.runs.starting import unknown_code
from configvars.runs.starting.endings import ContinuedError, LeftError
from configvars.runs.starting.exact import valid
from configvars.runs.starting.machine import path_of
from configvars.runs.starting.values import (
    UNKNOWN,
    Constant,
    Exact,
    Items,
    Scope,
    Table,
    Value,
    constant,
)
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.statements import Statements

_LEAVING = frozenset({"break_statement", "continue_statement"})
_AS_LONG = frozenset({"builtins.enumerate", "builtins.iter", "builtins.reversed", "itertools.cycle"})


def run_for(statements: Statements, scope: Scope, statement: Node) -> None:
    """Run a `for` statement."""
    because = statements.machine.because
    reasons = len(because)
    _rounds(statements, scope, statement)
    if len(because) > reasons and any(each.type in _LEAVING for each in within(statement)):
        del because[reasons:]  # With or without a `break`, the code behind the loop runs.


def _rounds(statements: Statements, scope: Scope, statement: Node) -> None:
    machine = statements.machine
    right = statement.child_by_field_name("right")
    source = statements.expressions.value(scope, right)
    machine.fail(scope.module, statement, machine.none_without(source), kind=TypeError)
    items = _items(statements, source)
    left = statement.child_by_field_name("left")
    if items is None or len(items) > ITEMS.most:
        if items or (items is None and _has_items(statements, scope, right)):
            statements.expressions.bind(scope, left, items[0] if items else UNKNOWN)
            _first_round(statements, scope, statement)
        statements.pass_over(scope, [statement])
        return
    for item in items:
        statements.expressions.bind(scope, left, item)
        try:
            statements.run(scope, statement.child_by_field_name("body"))
        except ContinuedError:
            continue
        except LeftError:
            unknown_code.forget_changed(statements.expressions, scope, statement)
            if unknown_code.may_return(scope, statement):
                raise
            return
    last = statement.child_by_field_name("alternative")
    statements.run(scope, last.child_by_field_name("body") if last is not None else None)


def run_while(statements: Statements, scope: Scope, statement: Node) -> None:
    """Run the first round of a `while` statement."""
    test = statements.expressions.value(scope, statement.child_by_field_name("condition"))
    if statements.machine.truth(test):
        _first_round(statements, scope, statement)
    statements.pass_over(scope, [statement])


def _first_round(statements: Statements, scope: Scope, statement: Node) -> None:
    """Run what is perhaps not the only round of a loop."""
    try:
        with statements.machine.own_reasons():
            statements.run(scope, statement.child_by_field_name("body"))
    except LeftError:
        return


def _items(statements: Statements, source: Value) -> tuple[Value, ...] | None:
    """The items of a list or the keys of a dict; None if they are not known."""
    exact: Exact | None = valid(source, statements.machine.unset)
    match source.known if exact is None else exact.known:
        case Items(values, open=False):
            return values
        case Table(keys, open=False):
            return tuple(map(constant, keys))
        case _:
            return None


def _has_items(statements: Statements, scope: Scope, node: Node | None) -> bool:
    """Whether what a call returns certainly has items: `range(3)`, `itertools.count()`."""
    if node is None or node.type != "call":
        return False
    expressions = statements.expressions
    path = path_of(expressions.quietly(scope, node.child_by_field_name("function")))
    given = node.child_by_field_name("arguments")
    arguments = named(given) if given is not None else []
    if path == "itertools.count":
        return True
    if path == "builtins.range":
        return _counts([expressions.quietly(scope, each) for each in arguments])
    if path not in _AS_LONG or not arguments:
        return False
    items = _items(statements, expressions.quietly(scope, arguments[0]))
    return bool(items) or (items is None and _has_items(statements, scope, arguments[0]))


def _counts(arguments: Sequence[Value]) -> bool:
    """Whether a range of numbers that are written in the code has items."""
    numbers = [each.known.content for each in arguments if isinstance(each.known, Constant)]
    written = [each for each in numbers if isinstance(each, int)]
    try:
        return len(written) == len(arguments) and bool(range(*written))
    except (TypeError, ValueError):
        return False
