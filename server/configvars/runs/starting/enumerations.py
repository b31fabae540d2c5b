"""The enumerations of a program that starts, and what they do not contain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configvars.runs.starting.class_statements import lineage, outside_bases, statements_of
from configvars.runs.starting.machine import words
from configvars.runs.starting.values import Class, Function, Scope, Value
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.starting.expressions import Expressions

_ENUMS = frozenset(f"enum.{name}" for name in ("Enum", "IntEnum", "StrEnum"))
_MIXED = frozenset({"builtins.str", "builtins.int", "abc.ABC"})
_CUSTOM = ("__new__", "__init__", "_missing_", "_ignore_", "_generate_next_value_")
_PLAIN = frozenset({"function_definition", "decorated_definition", "pass_statement"})


def looked_up_by_value(
    expressions: Expressions, scope: Scope, node: Node, one: Class, positional: list[Value]
) -> None:
    """Note that `Mode(value)` fails, because no member has the value."""
    members = _members(expressions, one)
    found = expressions.machine.content(*positional)
    if members is None or found is None or not found[1] or len(positional) != 1:
        return
    outside = outside_bases(expressions, one)
    contents = [_content(expressions, name, value, outside) for name, value in members.items()]
    is_text = not outside.isdisjoint({"builtins.str", "enum.StrEnum"})
    if not contents or not all(isinstance(each, str if is_text else str | int) for each in contents):
        return
    if found[0][0] not in contents:
        expressions.machine.fail_without(scope.module, node, found[1], kind=ValueError)


def looked_up_by_name(expressions: Expressions, scope: Scope, node: Node, one: Class, key: Value) -> None:
    """Note that `Mode[name]` fails, because no member has the name."""
    found = expressions.machine.content(key)
    members = _members(expressions, one) if found is not None and found[1] else None
    if found is not None and members and not (isinstance(found[0][0], str) and found[0][0] in members):
        expressions.machine.fail_without(scope.module, node, found[1], kind=KeyError)


def _content(expressions: Expressions, name: str, value: Value, outside: frozenset[str]) -> object:
    """The value of a member; None if it is not known."""
    if getattr(value.known, "path", "") == "enum.auto()":
        return name.lower() if "enum.StrEnum" in outside else None
    found = expressions.machine.content(value)
    return found[0][0] if found is not None and not found[1] else None


def _members(expressions: Expressions, one: Class) -> dict[str, Value] | None:
    """The members of a plain enumeration by name; None if the class may have other members."""
    outside = outside_bases(expressions, one)
    if outside.isdisjoint(_ENUMS) or not outside <= _ENUMS | _MIXED or any(map(one.has, _CUSTOM)):
        return None
    members: dict[str, Value] = {}
    for each in lineage(one):
        for statement in statements_of(each):
            name = _assigned(each, statement)
            if not name and statement.type not in _PLAIN:
                return None
            if name and not isinstance(each.names.get(name, Value()).known, Function):
                members[name] = each.names.get(name, Value())
    return members


def _assigned(one: Class, statement: Node) -> str:
    """The name that a statement in a class assigns; empty for other statements."""
    inner = next(iter(named(statement)), None) if statement.type == "expression_statement" else None
    left = inner.child_by_field_name("left") if inner is not None and inner.type == "assignment" else None
    right = inner.child_by_field_name("right") if inner is not None else None
    if one.around is None or left is None or left.type != "identifier" or right is None:
        return ""
    return words(left, one.around.module) if right.type != "assignment" else ""
