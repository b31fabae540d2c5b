"""Runs `try` statements of a program that starts, as far as it is certain which of their code runs."""

from __future__ import annotations

import builtins
import sys
from typing import TYPE_CHECKING

from configvars.runs.starting.endings import LeftError, ReturnedError
from configvars.runs.starting.handlers import CaughtError, Handlers
from configvars.runs.starting.importing import run_import
from configvars.runs.starting.machine import path_of, words
from configvars.runs.starting.unknown_code import failing
from configvars.runs.starting.values import Scope, Value
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.statements import Statements

_ANY = (Exception, BaseException)
_CLAUSES = frozenset({"except_clause", "except_group_clause"})
_IMPORTS = frozenset({"import_statement", "import_from_statement"})


def run_try(statements: Statements, scope: Scope, statement: Node) -> None:
    """Run a `try` statement. Code that may be caught is passed as code that perhaps does not run."""
    handlers = _handlers(scope, statement)
    if handlers is None:
        statements.pass_over(scope, [statement])
        return
    is_missing = _body(statements, scope, statement, handlers)
    if is_missing:
        statements.run(scope, _handler_of_imports(scope, statement))
    elif _completes(handlers):
        _clause(statements, scope, statement, "else_clause")
    else:
        first = dict(scope.names)
        statements.pass_over(scope, [statement])
        scope.names.update(_replaced(statements, scope, statement, first))
        return
    _clause(statements, scope, statement, "finally_clause")


def _body(statements: Statements, scope: Scope, statement: Node, handlers: Handlers) -> bool:
    """Run the code in a `try`. Returns whether it certainly imports a module that does not exist."""
    around = statements.machine.handlers
    around.append(handlers)
    try:
        statements.run(scope, statement.child_by_field_name("body"))
    except CaughtError as caught:
        if caught.handlers is not handlers:
            raise
        handlers.sure = False
        return caught.kind is ImportError
    except ReturnedError:
        if not _completes(handlers):
            raise LeftError from None
        raise
    finally:
        around.pop()
    return False


def _clause(statements: Statements, scope: Scope, statement: Node, kind: str) -> None:
    for clause in named(statement):
        if clause.type == kind:
            statements.run(scope, named(clause)[-1])


def _handler_of_imports(scope: Scope, statement: Node) -> Node | None:
    """The block of the handler that catches a failing import."""
    for clause in named(statement):
        if clause.type == "except_clause" and any(
            issubclass(ImportError, each) for each in _caught(scope, clause)
        ):
            return named(clause)[-1]
    return None


def _completes(handlers: Handlers) -> bool:
    """Whether all code in a `try` has run, unless the program has ended with an error."""
    return not handlers.catches or (handlers.only_imports and handlers.sure)


def _handlers(scope: Scope, statement: Node) -> Handlers | None:
    """The handlers of a `try` statement; None if they may catch whatever the code raises."""
    found: set[type[BaseException]] = set()
    ends = False
    for clause in named(statement):
        if clause.type not in _CLAUSES:
            continue
        if failing(scope, named(clause)[-1], any_exit=False) is not None:
            ends = True
            continue
        caught = _caught(scope, clause)
        if clause.type == "except_group_clause" or not caught or not caught.isdisjoint(_ANY):
            return None
        found |= caught
    return Handlers(tuple(sorted(found, key=lambda each: each.__name__)), ends)


def _caught(scope: Scope, clause: Node) -> set[type[BaseException]]:
    """The exceptions of Python that a clause catches; none if it catches all, or if one is not known."""
    first = named(clause)[0]
    if first.type == "as_pattern":
        first = named(first)[0]
    found: set[type[BaseException]] = set()
    for each in named(first) if first.type == "tuple" else [first]:
        word = words(each, scope.module)
        kind = getattr(builtins, word, None) if word not in scope.names else None
        if not isinstance(kind, type) or not issubclass(kind, BaseException):
            return set()
        found.add(kind)
    return found


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
