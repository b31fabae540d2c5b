"""The exceptions that the code of a program raises and catches while it starts."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import TYPE_CHECKING

from configvars.runs.starting.endings import OF_LIBRARIES, Kind
from configvars.runs.starting.unknown_code import is_exit
from configvars.runs.starting.values import Class, External, Items, Object, Scope, Value
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions


def raised_by(expressions: Expressions, scope: Scope, statement: Node | None) -> Kind | None:
    """The exception that a statement raises, such as `raise Missing(name)`; None if it is not known."""
    inner = next(iter(named(statement)), None) if statement is not None else None
    if statement is None or inner is None:
        return None
    if is_exit(scope.module, inner):
        return SystemExit
    if statement.type != "raise_statement":
        return None
    function = inner.child_by_field_name("function") if inner.type == "call" else inner
    return _kind(expressions, expressions.quietly(scope, function))


def named_by(expressions: Expressions, scope: Scope, parts: Iterable[Node]) -> tuple[Kind, ...] | None:
    """The exceptions that expressions name; None if one of them is not known."""
    values = [expressions.quietly(scope, each) for each in parts]
    found = [_kind(expressions, each) for value in values for each in _several(value)]
    kinds = tuple(each for each in found if each is not None)
    return kinds if len(kinds) == len(found) else None


def _several(value: Value) -> tuple[Value, ...]:
    """What a tuple contains, or the value itself."""
    match value.known:
        case Items(values, open=False):
            return values
        case _:
            return (value,)


def _kind(expressions: Expressions, value: Value) -> Kind | None:
    match value.known:
        case External(path) if path.startswith("builtins."):
            found = getattr(builtins, path.removeprefix("builtins."), None)
            return found if isinstance(found, type) and issubclass(found, BaseException) else None
        case External(path):
            return OF_LIBRARIES.get(path)
        case Class() as one:
            return _of_class(expressions, one)
        case Object(of):
            return _of_class(expressions, of)
        case _:
            return None


def _of_class(expressions: Expressions, one: Class) -> Kind | None:
    """A type with the same base classes as an exception of the folder; None if they are not known."""
    made = expressions.machine.exceptions
    if id(one) not in made:
        given = one.statement.child_by_field_name("superclasses") if one.statement is not None else None
        bases = None
        if given is not None and one.around is not None:
            bases = named_by(expressions, one.around, named(given))
        try:
            made[id(one)] = one, type("Raised", bases, {}) if bases else None
        except TypeError:  # bases that do not fit together
            made[id(one)] = one, None
    return made[id(one)][1]
