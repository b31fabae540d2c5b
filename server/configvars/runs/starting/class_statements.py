"""What the statements of classes say that libraries interpret: base classes, fields and options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from configvars.runs.starting.machine import path_of, words
from configvars.runs.starting.values import Class
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions


PLAIN_BASES = frozenset({"abc.ABC", "builtins.object"})


def lineage(one: Class) -> list[Class]:
    """A class of the folder with its base classes of the folder; a class is behind its base classes."""
    found = [each for base in reversed(one.bases) for each in lineage(base)]
    return [*found, one]


def outside_bases(expressions: Expressions, one: Class) -> frozenset[str]:
    """The classes of libraries on which a class is based; with an empty string if one is not known.

    A keyword (`metaclass=…`) or a decorator counts as not known.
    """
    found: set[str] = set()
    for each in lineage(one):
        statement, around = each.statement, each.around
        if statement is None or around is None or _is_decorated(statement):
            return frozenset({""})
        given = statement.child_by_field_name("superclasses")
        for base in named(given) if given is not None else ():
            value = expressions.quietly(around, base)
            if not isinstance(value.known, Class):
                found.add(path_of(value))
    return frozenset(found)


def closed(one: Class) -> Class:
    """A class without the library's class on which it is based, of which the caller knows what it adds."""
    return replace(one, bases=tuple(map(closed, one.bases)), open=False)


def statements_of(one: Class) -> list[Node]:
    """The statements in the body of a class, without its docstring."""
    body = one.statement.child_by_field_name("body") if one.statement is not None else None
    return [each for each in named(body) if not _is_text(each)] if body is not None else []


def method_of(statement: Node, one: Class) -> tuple[Node | None, list[str]]:
    """The function that a statement in a class defines, with its decorators; None for other statements."""
    if one.around is None or statement.type not in ("function_definition", "decorated_definition"):
        return None, []
    decorators = [each for each in named(statement) if each.type == "decorator"]
    inner = statement.child_by_field_name("definition") or statement
    is_method = inner.type == "function_definition"
    texts = [words(each, one.around.module).removeprefix("@") for each in decorators]
    return (inner, texts) if is_method else (None, texts)


def _is_decorated(statement: Node) -> bool:
    return statement.parent is not None and statement.parent.type == "decorated_definition"


def _is_text(statement: Node) -> bool:
    inner = next(iter(named(statement)), None) if statement.type == "expression_statement" else None
    return inner is not None and inner.type == "string"
