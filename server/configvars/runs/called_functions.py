"""What a plain function returns for known arguments: `def flag(name): return os.getenv(name) == "1"`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from configvars.names.scopes import COMPREHENSIONS
from configvars.runs.known_values import Value
from configvars.runs.parsed_code import Code
from configvars.syntax.python import Node, named

if TYPE_CHECKING:
    from configvars.runs.expressions import Expressions

_PARAMETERS = frozenset({"identifier", "default_parameter", "typed_parameter", "typed_default_parameter"})
_SKIPPED = frozenset({"comment", "pass_statement", "global_statement", "keyword_separator"})


class _UnknownError(Exception):
    """The function does something that cannot be followed."""


class _ReturnedError(Exception):
    def __init__(self, value: Value) -> None:
        self.value = value


def returned(expressions: Expressions, code: Code, function: Node, given: Mapping[str, Value]) -> Value:
    """What a function returns; None if that is not known."""
    body = function.child_by_field_name("body")
    if body is None or function.children[0].type == "async" or _yields(body):
        return None
    try:
        local = _bound(expressions, code, function, given)
        _run(expressions, code, body, local)
    except _ReturnedError as found:
        return found.value
    except _UnknownError:
        return None
    return None


def _yields(body: Node) -> bool:
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.type in ("yield", "await"):
            return True
        waiting += named(node)
    return False


def _bound(
    expressions: Expressions, code: Code, function: Node, given: Mapping[str, Value]
) -> dict[str, Value]:
    """The parameters with their arguments or defaults. Raises `_UnknownError` for stars."""
    local: dict[str, Value] = {}
    parameters = function.child_by_field_name("parameters")
    for number, each in enumerate(named(parameters) if parameters is not None else ()):
        if each.type in _SKIPPED:
            continue
        if each.type not in _PARAMETERS:
            raise _UnknownError
        name = code.source(each.child_by_field_name("name") or _first(each))
        default = each.child_by_field_name("value")
        if str(number) in given or name in given:
            local[name] = given.get(str(number), given.get(name))
        else:
            local[name] = expressions.value(code, default)
    return local


def _first(node: Node) -> Node:
    return node if node.type == "identifier" else node.named_children[0]


def _run(expressions: Expressions, code: Code, block: Node, local: dict[str, Value]) -> None:
    """Run statements until one returns. Raises `_UnknownError` for one that cannot be followed."""
    for statement in named(block):
        match statement.type:
            case "return_statement":
                value = next(iter(named(statement)), None)
                raise _ReturnedError(expressions.value(code, value, local))
            case "if_statement":
                chosen = _branch(expressions, code, statement, local)
                if chosen is not None:
                    _run(expressions, code, chosen, local)
            case "expression_statement":
                _assign(expressions, code, statement, local)
            case kind if kind not in _SKIPPED:
                raise _UnknownError


def _branch(expressions: Expressions, code: Code, statement: Node, local: dict[str, Value]) -> Node | None:
    for part in (statement, *statement.children_by_field_name("alternative")):
        if part.type == "else_clause":
            return part.child_by_field_name("body")
        holds = expressions.truth(code, part.child_by_field_name("condition"), local)
        if holds is None:
            raise _UnknownError
        if holds:
            return part.child_by_field_name("consequence")
    return None


def _assign(expressions: Expressions, code: Code, statement: Node, local: dict[str, Value]) -> None:
    inner = next(iter(named(statement)), None)
    if inner is None or inner.type in ("string", "concatenated_string"):
        return
    name, value = inner.child_by_field_name("left"), inner.child_by_field_name("right")
    if inner.type != "assignment" or name is None or name.type != "identifier" or value is None:
        if inner.type in COMPREHENSIONS:
            return
        raise _UnknownError
    local[code.source(name)] = expressions.value(code, value, local)
