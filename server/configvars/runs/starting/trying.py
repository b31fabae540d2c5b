"""Runs `try` statements of a program that starts, as far as it is certain which of their code runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from configvars.runs.catching import finally_leaves
from configvars.runs.starting.endings import Kind, LeftError, ReturnedError
from configvars.runs.starting.exact import without
from configvars.runs.starting.handlers import CaughtError, Handler, Handlers
from configvars.runs.starting.importing import run_import
from configvars.runs.starting.machine import path_of
from configvars.runs.starting.raised import named_by, raised_by
from configvars.runs.starting.skipped import skip
from configvars.runs.starting.unknown_code import failing, forget_changed, may_stop
from configvars.runs.starting.values import UNKNOWN, Scope, Value
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.statements import Statements

_CLAUSES = frozenset({"except_clause", "except_group_clause"})
_IMPORTS = frozenset({"import_statement", "import_from_statement"})


def run_try(statements: Statements, scope: Scope, statement: Node) -> None:
    """Run a `try` statement. Code that may be caught is passed as code that perhaps does not run."""
    handlers = _handlers(statements, scope, statement)
    if handlers is None:
        statements.pass_over(scope, [statement])
        return
    caught = _body(statements, scope, statement, handlers)
    if caught is not None:
        _handle(statements, scope, statement, caught)
        for clause in named(statement):
            if clause.type == "else_clause":
                skip(statements.expressions, scope, named(clause)[-1], caught.by)
    elif _completes(handlers):
        _clause(statements, scope, statement, "else_clause")
    else:
        first = dict(scope.names)
        statements.pass_over(scope, [statement])
        scope.names.update(_replaced(statements, scope, statement, first))
        return
    _clause(statements, scope, statement, "finally_clause")


def run_suppressing(statements: Statements, scope: Scope, statement: Node, kinds: tuple[Kind, ...]) -> None:
    """Run `with contextlib.suppress(…):`, which catches exceptions."""
    handlers = Handlers((Handler(kinds),))
    caught = _body(statements, scope, statement, handlers)
    if caught is not None:
        skip(statements.expressions, scope, statement.child_by_field_name("body"), caught.by)
    elif not _completes(handlers):
        statements.pass_over(scope, [statement])


def _body(statements: Statements, scope: Scope, statement: Node, handlers: Handlers) -> CaughtError | None:
    """Run the code in a statement. Returns what it certainly raises and one of the handlers catches."""
    around, because = statements.machine.handlers, statements.machine.because
    around.append(handlers)
    reasons = len(because)
    try:
        statements.run(scope, statement.child_by_field_name("body"))
    except CaughtError as caught:
        if caught.handlers is not handlers:
            raise
        handlers.sure = False
        del because[reasons:]
        return caught
    except ReturnedError:
        if not _completes(handlers):
            forget_changed(statements.expressions, scope, statement)
            raise LeftError from None
        raise
    finally:
        around.pop()
    return None


def _handle(statements: Statements, scope: Scope, statement: Node, caught: CaughtError) -> None:
    """Run the handler that catches an exception. What it binds depends on the variables that are not set."""
    skip(statements.expressions, scope, statement.child_by_field_name("body"), caught.by)
    clauses = [each for each in named(statement) if each.type in _CLAUSES]
    clause = next(
        clause
        for clause, one in zip(clauses, caught.handlers.each, strict=True)
        if issubclass(caught.kind, one.kinds)
    )
    _, name = _caught(statements, scope, clause)
    if name is not None:
        statements.expressions.bind(scope, name, UNKNOWN)
    before = dict(scope.names)
    because = statements.machine.because
    here = len(because)
    because.append(caught.by)
    try:
        statements.run(scope, named(clause)[-1])
    except ReturnedError as found:
        raise ReturnedError(without(found.value, caught.by), found.because) from None
    because.pop(here)
    for word, value in scope.names.items():
        if before.get(word) is not value:
            scope.names[word] = without(value, caught.by)


def _clause(statements: Statements, scope: Scope, statement: Node, kind: str) -> None:
    for clause in named(statement):
        if clause.type == kind:
            statements.run(scope, named(clause)[-1])


def _completes(handlers: Handlers) -> bool:
    """Whether all code in a `try` has run, unless the program has ended with an error."""
    is_sure = handlers.sure and handlers.instead is None
    return not handlers.catches or (handlers.only_imports and is_sure)


def _handlers(statements: Statements, scope: Scope, statement: Node) -> Handlers | None:
    """The handlers of a `try` statement; None if it is not known what they catch."""
    if finally_leaves(statement) is not False:
        return None
    found: list[Handler] = []
    for clause in named(statement):
        if clause.type not in _CLAUSES:
            continue
        kinds, _ = _caught(statements, scope, clause)
        ending = failing(scope, named(clause)[-1], any_exit=False)
        if ending is None and (clause.type == "except_group_clause" or kinds is None):
            return None
        raises = raised_by(statements.expressions, scope, ending)
        again = ending is not None and ending.type == "raise_statement" and not named(ending)
        goes_on = not may_stop(scope, named(clause)[-1])
        found.append(Handler(kinds or (BaseException,), ending is not None, raises, again, goes_on))
    return Handlers(tuple(found))


def _caught(
    statements: Statements, scope: Scope, clause: Node
) -> tuple[tuple[Kind, ...] | None, Node | None]:
    """The exceptions that a clause catches, None if one is not known; and the name that it binds."""
    parts = named(clause)[:-1]
    name: Node | None = None
    if parts and parts[0].type == "as_pattern":
        first, *rest = named(parts[0])
        name = next(iter(named(rest[0])), None) if rest else None
        parts = [first]
    if not parts:
        return (BaseException,), None
    parts = [each for part in parts for each in (named(part) if part.type == "tuple" else [part])]
    return named_by(statements.expressions, scope, parts), name


def _replaced(
    statements: Statements, scope: Scope, statement: Node, first: dict[str, Value]
) -> dict[str, Value]:
    """The names for which Python's own module replaces another one: `except ImportError: import json`."""
    own = Scope(scope.module, {}, scope)
    for clause in named(statement):
        block = named(clause)[-1] if clause.type == "except_clause" else None
        for each in named(block) if block is not None else ():
            if each.type in _IMPORTS:
                run_import(statements, own, each)
    return {
        name: value
        for name, value in own.names.items()
        if path_of(value).partition(".")[0] in sys.stdlib_module_names and path_of(first.get(name, value))
    }
